/** Makes this clone ready to run; `say` hears what is being done. */
export function setUp(say: (line: string) => void): Promise<void>;
