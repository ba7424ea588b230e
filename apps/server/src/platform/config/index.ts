export {
  type Config,
  ConfigError,
  type ConfigKey,
  configSchema,
  configTable,
  defaultConfig,
  type LoadedConfig,
  loadConfig,
  maskedEntries,
} from './config.ts'
