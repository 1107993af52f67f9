/** The demo school. */
export const seedDemoSchool = async (_parts: unknown): Promise<void> => undefined;
