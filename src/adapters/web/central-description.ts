import type { OpenAPIHono, RouteConfig, z } from '@hono/zod-openapi';
import {
  changesAppliedShape,
  changesRefusedShape,
  journalPageShape,
  journalQueryShape,
  problemShape,
  unexpectedProblemShape,
} from './central-shapes.ts';
import { changesSchemas } from './changes-schema.ts';
import type { WebEnv } from './web-env.ts';

const about = `
A gateway stands at a club's entrance and decides by itself, also without any network, who may enter. It knows members and
memberships from your system, and keeps a journal of what happened at its gates. Two calls are all there is:

* \`POST /v1/changes\` whenever something changes in your system. It works at the gate when the answer arrives.
* \`GET /v1/journal\` to fetch what happened, as often as you like.

**Token.** Both need \`Authorization: Bearer …\`. The gateway shows its token once, when it is made. After ten wrong tokens an
address has to wait (429, \`Retry-After\`).

**Balance.** The gateway shows a member \`visits.left\` less the visits it has seen and that figure does not count yet. Tell it
which ones it counts: in \`visits.includes\` of a membership, the highest \`visitNumber\` of each gateway that \`left\` already takes
into account. Then nothing is subtracted twice or forgotten, in whatever order the two calls cross.

**When no answer comes**, send the same request again: doing it twice changes nothing.
`.trim();

const changesText = `
Rows to write, by entity, and rows to delete. A row replaces the whole row of that \`id\`; fields that are left out take their
defaults, not their former values. Rows and fields are those of the club snapshot, \`gatehouse-snapshot/1\`; unknown fields are
ignored.

A request is applied whole or refused whole. When a single row cannot be used, nothing is applied and the answer names every bad
row with its place in your text. Sending the same request again changes nothing.

At most 8 MiB; send more in several requests, in the order in which rows refer to one another.
`.trim();

const journalText = `
What happened at the gates, oldest first. Ask with \`after\` = the highest number that you have stored, until \`more\` is false.
Entries are never edited, so a number that you have needs never be asked for again. A \`newest\` below your \`after\` means that this
is another journal than the one you know: look at \`gateway\`.

Entries come exactly as they were hashed, instants as milliseconds included, so that you can check that none was changed or left
out. For each entry: take \`hash\` away, and \`clockTrusted\` where it is true, write the rest as canonical JSON (RFC 8785), and take
SHA-256 of its UTF-8 bytes as lower-case hex: that is \`hash\`. \`previousHash\` is the \`hash\` of the entry before, 64 zeros in
entry 1, and \`number\` goes up by one.

A visit is made by a \`decision\`, an \`override\` or a \`move\`. While it is reserved it counts; a \`passage\` of the same visit commits
it and a \`release\` gives it back. Where both came, because somebody walked late, the newer one holds. A \`move\` gives back the visit
that it \`replaces\` and makes another in its place, of the same tap and paid by another membership.
`.trim();

type Responses = RouteConfig['responses'];

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

const refusals = {
  401: {
    description: 'No token, or not the one of this gateway.',
    headers: { 'WWW-Authenticate': { schema: { type: 'string' }, description: 'How to send it.' } },
    content: json(problemShape),
  },
  429: {
    description: 'Too many wrong tokens from this address.',
    headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait.' } },
    content: json(problemShape),
  },
  500: { description: 'Something went wrong here; the id leads to it in the log.', content: json(unexpectedProblemShape) },
  503: { description: 'Not possible at this moment; send it again later.', content: json(unexpectedProblemShape) },
} satisfies Responses;

/** The OpenAPI 3.1 document of `/v1`. */
export function describeCentral(routes: OpenAPIHono<WebEnv>, build: string): object {
  const registry = routes.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'Made by the gateway and shown once.',
  });

  for (const [name, schema] of Object.entries(changesSchemas())) registry.registerComponent('schemas', name, schema as object);

  registry.registerPath({
    method: 'post',
    path: '/v1/changes',
    operationId: 'pushChanges',
    summary: 'Tell the gateway what changed',
    description: changesText,
    tags: ['central system'],
    security: [{ token: [] }],
    request: { body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Changes' } } } } },
    responses: {
      200: { description: 'Applied, and in force at the gate.', content: json(changesAppliedShape) },
      413: { description: 'More than 8 MiB; nothing was applied.', content: json(problemShape) },
      415: { description: 'Not plain JSON (`application/json`, not compressed).', content: json(problemShape) },
      422: { description: 'Nothing was applied; every bad row is named.', content: json(changesRefusedShape) },
      ...refusals,
    },
  });

  registry.registerPath({
    method: 'get',
    path: '/v1/journal',
    operationId: 'readJournal',
    summary: 'Fetch what happened',
    description: journalText,
    tags: ['central system'],
    security: [{ token: [] }],
    request: { query: journalQueryShape },
    responses: {
      200: { description: 'The entries after `after`.', content: json(journalPageShape) },
      400: { description: 'A parameter that means nothing here, or a value out of its range.', content: json(problemShape) },
      ...refusals,
    },
  });

  registry.registerPath({
    method: 'get',
    path: '/v1/openapi.json',
    operationId: 'readDescription',
    summary: 'This description',
    tags: ['central system'],
    security: [],
    responses: { 200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } } },
  });

  return routes.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse for the central system',
      version: build.replace(/\+.*/, ''),
      description: about,
    },
    servers: [{ url: '/', description: 'The gateway that serves this description.' }],
    tags: [{ name: 'central system', description: "The club's CRM, or whatever owns members and memberships." }],
  });
}
