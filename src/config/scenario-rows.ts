/**
 * Rows as they stand in a scenario, made ready to be read as a club's: in YAML an amount or a number without quotes is a number,
 * and the head of a snapshot may be left out. Nothing else is changed; what is wrong is for the reader of rows to say.
 */
export function snapshotInScenario(snapshot: unknown): unknown {
  return isGroup(snapshot) ? { format: 'gatehouse-snapshot/1', ...rowsInScenario(snapshot) } : snapshot;
}

/** The same of a `change`. */
export function rowsInScenario(rows: Record<string, unknown>): Record<string, unknown> {
  return {
    ...rows,
    ...(Array.isArray(rows.members) && { members: rows.members.map(withTextAmount) }),
    ...(Array.isArray(rows.memberships) && { memberships: rows.memberships.map((row) => withText(row, 'number')) }),
  };
}

function withTextAmount(member: unknown): unknown {
  return isGroup(member) && isGroup(member.debt) ? { ...member, debt: withText(member.debt, 'amount') } : member;
}

function withText(group: unknown, key: string): unknown {
  return isGroup(group) && typeof group[key] === 'number' ? { ...group, [key]: String(group[key]) } : group;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
