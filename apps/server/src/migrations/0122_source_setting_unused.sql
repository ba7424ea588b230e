-- The hours that maintenance of an incinerator's equipment may take in a year are judged nowhere: a setting that changes
-- nothing must not look as if it did.
delete from source_setting where key = 'incineration.maintenanceHours';
