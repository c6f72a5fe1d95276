import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Profiles } from '../ports/device.ts';
import { type ConfigAnswer, checkConfigValue } from './check-config.ts';
import { readYamlFile, type YamlAnswer } from './read-yaml.ts';

/** Reads and checks a configuration file. `problemLine` turns what it finds into lines. */
export function loadConfig(path: string, profiles: Profiles): ConfigAnswer {
  return checkConfigFile(readYamlFile(path), path, profiles);
}

/** Checks what stands, or is to stand, in the configuration file of that path. */
export function checkConfigFile(file: YamlAnswer, path: string, profiles: Profiles): ConfigAnswer {
  if ('problems' in file) return { problems: file.problems, warnings: [] };
  const { value, locate } = file;
  const answer = checkConfigValue(value, { profiles, locate, folder: dirname(resolve(path)), wires: 'real' });
  if ('problems' in answer) return answer;
  const passwordFile = answer.config.mqtt?.passwordFile ?? null;
  if (passwordFile === null || existsSync(passwordFile)) return answer;
  const problem = `there is no file \`${passwordFile}\`: write the broker's password into it`;
  return { problems: [{ place: locate(['mqtt', 'passwordFile'], 'value'), problem }], warnings: answer.warnings };
}
