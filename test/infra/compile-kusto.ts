import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { runInThisContext } from 'node:vm';

// A process of its own: reads queries as JSON from standard input and prints what Microsoft's own compiler of the query
// language says of each. The package is a browser's: its files make globals.
const require = createRequire(import.meta.url);
for (const file of ['bridge', 'bridge.meta', 'Kusto.Language.Bridge', 'Kusto.Language.Bridge.meta']) {
  const path = require.resolve(`@kusto/language-service-next/${file}.js`);
  runInThisContext(readFileSync(path, 'utf8'), { filename: path });
}

// biome-ignore lint/suspicious/noExplicitAny: made by a transpiler from C#, without types of use here
const { Kusto, System } = globalThis as any;
const { Symbols, GlobalState, KustoCode } = Kusto.Language;

/** The columns that the workspace's tables have, as far as a query may use them. */
const telemetry =
  'TimeGenerated: datetime, Name: string, ItemCount: int, Properties: dynamic, OperationId: string, AppRoleInstance: string';
const calls = `${telemetry}, DurationMs: real, Success: bool, ResultCode: string`;
const lines = 'TimeGenerated: datetime, ContainerAppName: string, Log: string';
const tables = {
  AppMetrics: `${telemetry}, Sum: real, Min: real, Max: real`,
  AppRequests: calls,
  AppDependencies: calls,
  ContainerAppConsoleLogs: lines,
  ContainerAppSystemLogs: `${lines}, Reason: string`,
};
const symbols = Object.entries(tables).map(([name, columns]) =>
  Symbols.TableSymbol.From(`(${columns})`).WithName(name),
);
const list = (of: unknown[]) => System.Array.init(of, Symbols.Symbol);
const database = new Symbols.DatabaseSymbol.ctor('workspace', list([])).AddMembers$1(list(symbols));
const workspace = GlobalState.Default.WithDatabase(database);

function faultsOf(query: string): string[] {
  const diagnostics = KustoCode.ParseAndAnalyze(query, workspace).GetDiagnostics();
  return Array.from({ length: diagnostics.Count }, (_, at) => diagnostics.getItem(at).Message);
}

const queries: string[] = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(queries.map(faultsOf)));
