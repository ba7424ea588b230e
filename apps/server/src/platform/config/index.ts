export {
  type Config,
  type ConfigKey,
  configSchema,
  configTable,
  defaultConfig,
  loadConfig,
  maskedEntries,
} from './config.ts'
