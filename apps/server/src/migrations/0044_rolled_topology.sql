-- What the roll-up knew of a station (zone class) or a city (its assessment stations) when it last looked: a change
-- in the registry is found by comparing, and what rests on it is rolled again.
create table rolled_topology (
  point_id int primary key,
  signature text collate "C" not null
);
revoke insert, update, delete on rolled_topology from shanshui_app;
