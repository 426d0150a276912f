import {
  type Constant,
  type Expression,
  ExpressionEvaluator,
  ExpressionFunctions,
  ExpressionType,
  type MemoryInterface,
} from 'adaptive-expressions';

type Scope = MemoryInterface & Readonly<Record<string, unknown>>;

/** The package says that nothing went wrong with an undefined that its types don't allow. */
const noError = undefined as unknown as string;

const paths = new WeakMap<Expression, readonly string[]>();

/** The names of a plain path, outermost first: `${plan.title}` is `plan`, `title`. Empty for anything else. */
function namesOf({ type, children }: Expression): readonly string[] {
  if (type !== ExpressionType.Accessor) return [];
  const [name, of] = children;
  const own = (name as Constant).value;
  if (!of) return [own];
  const outer = namesOf(of);
  return outer.length > 0 ? [...outer, own] : [];
}

function pathOf(expression: Expression): readonly string[] {
  let names = paths.get(expression);
  if (!names) {
    names = namesOf(expression);
    paths.set(expression, names);
  }
  return names;
}

/** The value at a path, or undefined where only the package's own way of looking can tell. */
function valueAt(path: readonly string[], scope: Scope): unknown {
  const [first] = path;
  let value: unknown = first?.startsWith('$') ? scope : first && scope.$data;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/**
 * Lets card templates read plain paths directly. The package takes every path apart again each time it is read, which
 * is half of what a card costs. What isn't there is still left to the package, so that a template means the same.
 */
export function readPathsQuickly(): void {
  const functions = ExpressionFunctions.standardFunctions as Map<string, ExpressionEvaluator>;
  const usual = functions.get(ExpressionType.Accessor)!;
  const quick = new ExpressionEvaluator(
    ExpressionType.Accessor,
    (expression, state, options) => {
      const value = valueAt(pathOf(expression), state as Scope);
      return value === undefined || value === null
        ? usual.tryEvaluate(expression, state, options)
        : { value, error: noError };
    },
    usual.returnType,
    usual.validateExpression,
  );
  functions.set(ExpressionType.Accessor, quick);
}
