// What the types of other generators have to let through and to ask for, as the compiler sees it.
import type { NewProject as HeyNew, Problem as HeyProblem, Project as HeyProject, Role as HeyRole } from './hey/types.gen.js';
import type { NewProject as SwaggerNew, Problem as SwaggerProblem, Project as SwaggerProject } from './swagger/Api.js';

// Null is a value of optional money and enums, and the amount is a number behind a check for it.
export const hey = (one: HeyProject): number => (one.budget === null ? 0 : Number(one.budget.amount));
export const swagger = (one: SwaggerProject): number => (one.budget === null ? 0 : Number(one.budget.amount));
export const heyNull: Pick<HeyProject, 'budget'> = { budget: null };
export const swaggerNull: Pick<SwaggerProject, 'budget'> = { budget: null };

// A default does not make a field required.
export const heyNew: HeyNew = { name: 'Lean', code: 'LEAN' };
export const swaggerNew: SwaggerNew = { name: 'Lean', code: 'LEAN', budget: null };

// Codes and roles are no mere texts.
export const isTaken = (problem: HeyProblem | SwaggerProblem): boolean => problem.code === 'unique';
// @ts-expect-error: there is no such code
export const isNonsense = (problem: HeyProblem): boolean => problem.code === 'no_such_code';
export const role: HeyRole = 'owner';
