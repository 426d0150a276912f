import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** A Bicep file as far as a parser without a compiler can know it. */
export type BicepFile = {
  file: string;
  /** Without comments. */
  text: string;
  faults: string[];
  params: Map<string, { hasDefault: boolean; default: unknown; decorators: string[] }>;
  /** Parameters, variables, resources, modules and loop variables. */
  declared: Set<string>;
  /** Names that an expression uses, each as often as it does. */
  used: string[];
  functions: string[];
  resources: Declared[];
  modules: (Declared & { path: string })[];
  outputs: Map<string, string>;
};
/** `value` is the body as JSON would have it; an expression stands there as its own text. */
type Declared = { name: string; type: string; value: Tree };
export type Tree = { [key: string]: unknown };

let parser: Parser | null = null;
async function parserOf(): Promise<Parser> {
  if (parser) return parser;
  await Parser.init();
  parser = new Parser();
  parser.setLanguage(
    await Language.load(readFileSync('node_modules/tree-sitter-bicep/tree-sitter-bicep.wasm')),
  );
  return parser;
}

const named = (node: Node) =>
  node.namedChildren.filter((child) => child !== null && child.type !== 'comment');
const isKey = (node: Node) =>
  node.parent?.type === 'object_property' && node.parent.firstNamedChild?.id === node.id;
const isName = (node: Node) =>
  /_declaration$/.test(node.parent?.type ?? '') && node.parent!.firstNamedChild?.id === node.id;

function readValue(node: Node): unknown {
  if (node.type === 'object') {
    const properties = named(node).map((property) => named(property) as [Node, Node]);
    return Object.fromEntries(properties.map(([key, value]) => [textOf(key), readValue(value)]));
  }
  if (node.type === 'array') return named(node).map(readValue);
  if (node.type === 'string') return textOf(node);
  if (node.type === 'number') return Number(node.text);
  if (node.type === 'boolean') return node.text === 'true';
  if (node.type === 'for_statement' || node.type === 'if_statement') return readValue(named(node).at(-1)!);
  return node.text;
}

const textOf = ({ text }: Node) => text.replace(/^'''\n?([\s\S]*)'''$|^'([\s\S]*)'$/, '$1$2');

/** Loop variables and where they hold are not told apart: they are declared in the whole file. */
const loopVariable = (node: Node) =>
  node.parent?.type === 'for_statement' && node.parent.firstNamedChild?.id === node.id;

export async function parseBicep(file: string, text = readFileSync(file, 'utf8')): Promise<BicepFile> {
  const root = (await parserOf()).parse(text)!.rootNode;
  const read: BicepFile = {
    file,
    text: text.replace(/^\s*\/\/.*$/gm, ''),
    faults: [],
    params: new Map(),
    declared: new Set(),
    used: [],
    functions: [],
    resources: [],
    modules: [],
    outputs: new Map(),
  };
  const visit = (node: Node): void => {
    if (node.type === 'ERROR' || node.isMissing) {
      read.faults.push(`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
    }
    if (node.type === 'identifier') look(node, read);
    for (const child of node.children) if (child) visit(child);
  };
  visit(root);
  let decorators: string[] = [];
  for (const node of named(root)) {
    if (node.type === 'decorators') decorators = named(node).map(({ text }) => text);
    else {
      declare(node, decorators, read);
      decorators = [];
    }
  }
  return read;
}

function look(node: Node, read: BicepFile): void {
  if (loopVariable(node)) read.declared.add(node.text);
  else if (isName(node) && node.parent!.type !== 'output_declaration') read.declared.add(node.text);
  else if (node.parent?.type === 'call_expression' && node.parent.firstNamedChild?.id === node.id) {
    read.functions.push(node.text);
  } else if (!isKey(node) && !isName(node)) read.used.push(node.text);
}

function declare(node: Node, decorators: string[], read: BicepFile): void {
  const [first, second, ...rest] = named(node);
  if (node.type === 'parameter_declaration') {
    const value = rest[0];
    read.params.set(first!.text, { hasDefault: !!value, default: value && readValue(value), decorators });
  }
  if (node.type === 'output_declaration') read.outputs.set(first!.text, rest[0]!.text);
  if (node.type !== 'resource_declaration' && node.type !== 'module_declaration') return;
  const declared = { name: first!.text, type: textOf(second!), value: readValue(rest.at(-1)!) as Tree };
  if (node.type === 'resource_declaration') read.resources.push(declared);
  else {
    const path = normalize(join(read.file, '..', declared.type));
    read.modules.push({ ...declared, path });
  }
}

export const bicepFiles = readdirSync('infra', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.bicep'))
  .map((name) => join('infra', name))
  .sort();

/** The one resource of a type, whatever its API version. */
export function resourceOf(read: BicepFile, type: string): Tree {
  const found = read.resources.filter((each) => each.type.split('@')[0] === type);
  if (found.length !== 1) throw new Error(`${read.file} has ${found.length} of ${type}`);
  return found[0]!.value;
}

/** What is at a path such as `properties.template.containers.0`. */
export const at = (tree: unknown, path: string): unknown =>
  path.split('.').reduce((value, key) => (value as Tree | undefined)?.[key], tree);

/** All files, read before the tests: the whole of `infra`, by path. */
export async function readInfra(): Promise<Map<string, BicepFile>> {
  const read = new Map<string, BicepFile>();
  for (const file of bicepFiles) read.set(file, await parseBicep(file));
  return read;
}
