import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { centralRoutes } from '../../../src/adapters/web/central-routes.ts';
import { createEventStreams } from '../../../src/adapters/web/event-streams.ts';
import { readChanges } from '../../../src/ports/club-snapshot.ts';
import { type ClubWebServer, startClubWebServer } from '../../kit/club-web-server.ts';
import { grant, grantByCode, modeSet, moved, notPassed, override, passed, refusal, takenOut } from '../../kit/journal-events.ts';

interface Schema {
  $ref?: string;
  [keyword: string]: unknown;
}

interface Operation {
  operationId: string;
  summary: string;
  security: unknown[];
  parameters?: { name: string; in: string; required?: boolean; description: string; schema: Schema }[];
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}

interface Description {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: object };
}

describe("the central system's description", () => {
  let description: Description;
  let server: ClubWebServer;

  beforeEach(async () => {
    server = await startClubWebServer();
    description = (await (await fetch(`${server.url}/v1/openapi.json`)).json()) as Description;
  });

  const operations = (): [string, Operation][] =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
    );

  it('is OpenAPI 3.1 of this build', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(description.info).toMatchObject({ title: 'Gatehouse for the central system', version: 'build-1' });
  });

  it('tells every route there is, and no other', () => {
    const streams = createEventStreams(server);
    const routes = centralRoutes({ ...server, build: '', streams }).routes.map(
      ({ method, path }) => `${method.toLowerCase()} ${path}`,
    );
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual([...new Set(routes)].sort());
  });

  it('explains every operation, answer and parameter', () => {
    for (const [name, operation] of operations()) {
      expect(operation.summary, name).toBeTruthy();
      expect(Object.keys(operation.responses), name).toContain('200');
      for (const response of Object.values(operation.responses)) expect(response.description, name).toBeTruthy();
      for (const parameter of operation.parameters ?? []) expect(parameter.description, name).toBeTruthy();
    }
    expect(new Set(operations().map(([, { operationId }]) => operationId)).size).toBe(operations().length);
  });

  it('points only at schemas that it holds', () => {
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(10);
    expect(new Set(references)).toEqual(new Set(Object.keys(description.components.schemas)));
  });

  it('gives the bounds and defaults of the journal query', () => {
    expect(description.paths['/v1/journal']?.['get']?.parameters).toMatchObject([
      { name: 'after', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 5000, default: 500 } },
    ]);
    for (const parameter of description.paths['/v1/journal']?.['get']?.parameters ?? [])
      expect(parameter.required).not.toBe(true);
  });

  it('says which calls need the token', () => {
    expect(operations().map(([name, { security }]) => [name, security])).toEqual([
      ['post /v1/changes', [{ token: [] }]],
      ['get /v1/journal', [{ token: [] }]],
      ['get /v1/openapi.json', []],
    ]);
  });

  it('describes the rows as the gateway reads them, and its example is one that the gateway takes', () => {
    const { Changes: changes, Credential: credential } = description.components.schemas;
    expect(readChanges({ value: changes?.['example'] }, () => true)).toMatchObject({
      changes: { rows: { memberships: [{ id: 'p1' }] }, deletes: [{ entity: 'credentials', id: 'c7' }] },
    });
    expect(problemsOf(changes ?? {}, changes?.['example'])).toEqual([]);
    expect(problemsOf(changes ?? {}, { memberships: [{ id: 'p1' }] })).not.toEqual([]);
    expect(credential).toMatchObject({
      required: ['id', 'kind', 'value', 'status'],
      properties: { kind: { description: expect.stringContaining('`membership_code`') } },
    });
  });

  it('describes the answers that are really given', async () => {
    const club = await startClubWebServer();
    const activation = { startsOn: '2026-06-15', endsOn: '2026-07-14' };
    const at = 1_750_000_000_000;
    const { journal } = club.central;
    const left = grantByCode('58347119');
    const leaving = { ...left, decision: { ...left.decision, closes: { visit: 3, stayMinutes: 75 } } };
    const settled = [grant({ activation, bookingId: 'b1' }), passed(1), override(), notPassed(2), refusal(), passed(null)];
    for (const event of [...settled, modeSet('free'), moved(1, at), takenOut(null), takenOut('member:m1'), leaving])
      journal.append(at, event);
    journal.append(0, refusal(), false);
    const headers = { authorization: 'Bearer token-of-box-1', 'content-type': 'application/json' };
    const push = (): Promise<Response> => fetch(`${club.url}/v1/changes`, { method: 'POST', headers, body: '{}' });
    const problem = { entity: 'members' as const, id: null, path: 'members[0]', line: 1, column: 1, problem: 'has no id' };

    await expectDescribed('/v1/journal', 'get', await fetch(`${club.url}/v1/journal`, { headers }));
    await expectDescribed('/v1/journal', 'get', await fetch(`${club.url}/v1/journal?limit=x`, { headers }));
    await expectDescribed('/v1/journal', 'get', await fetch(`${club.url}/v1/journal`));
    club.central.answer = { done: true, rows: 1, deleted: 0, warnings: [problem] };
    await expectDescribed('/v1/changes', 'post', await push());
    club.central.answer = { done: false, problems: [problem] };
    await expectDescribed('/v1/changes', 'post', await push());
    club.central.answer = new Error('unexpected');
    await expectDescribed('/v1/changes', 'post', await push());
  });

  async function expectDescribed(path: string, method: string, answer: Response): Promise<void> {
    const described = description.paths[path]?.[method]?.responses[String(answer.status)];
    const schema = described?.content?.['application/json']?.schema;
    expect(schema, `${method} ${path} ${answer.status}`).toBeDefined();
    expect(problemsOf(schema ?? {}, await answer.json()), `${method} ${path} ${answer.status}`).toEqual([]);
  }

  function problemsOf(schema: Schema, value: unknown): unknown[] {
    const shape = z.fromJSONSchema(standalone(schema));
    return shape.safeParse(value).error?.issues ?? [];
  }

  /** A schema with its references moved to where JSON Schema by itself looks for them, and no key allowed that is not described. */
  function standalone(schema: Schema): Schema {
    const whole = { ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: description.components.schemas };
    return JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/'), (_key, value) =>
      value?.type === 'object' && value.properties ? { additionalProperties: false, ...value } : value,
    ) as Schema;
  }
});
