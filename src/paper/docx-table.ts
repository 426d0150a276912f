import {
  AlignmentType,
  BorderStyle,
  Table as DocxTable,
  InternalHyperlink,
  Paragraph,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import { filled, fills, runs } from './docx-text.ts';
import type { Cell, Column, Table } from './layout/blocks.ts';

/** In twentieths of a point, like every width here. */
export const margin = 850;
export const a4 = { width: 11906, height: 16838 };
/** The width of A4 on its side, which the nine columns of the monitoring table need. */
const textWidth = a4.height - 2 * margin;

const widthOf = (share: number) => Math.round((textWidth * share) / 100);
const rule = { style: BorderStyle.SINGLE, size: 4, color: 'C3CAD1' };
const borders = {
  top: rule,
  bottom: rule,
  left: rule,
  right: rule,
  insideHorizontal: rule,
  insideVertical: rule,
};
const cellMargins = { top: 50, bottom: 50, left: 80, right: 80 };

/** A table whose header row is repeated on every page. */
export function table({ columns, rows, totalled }: Table): DocxTable {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => widthOf((width / whole) * 100));
  return new DocxTable({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: cellMargins,
    borders,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ heading, figures }, at) =>
          cellOf(
            { lines: [heading] },
            { width: widths[at]!, figures, fill: 'E6EAEE', bold: true, keepNext: true },
          ),
        ),
      }),
      ...rows.map((row, index) => rowOf(row, columns, widths, totalled && index === rows.length - 1)),
    ],
  });
}

const rowOf = (row: readonly Cell[], columns: readonly Column[], widths: readonly number[], total: boolean) =>
  new TableRow({
    cantSplit: true,
    children: row.map((each, at) =>
      cellOf(each, {
        width: widths[at]!,
        figures: columns[at]!.figures,
        fill: total ? 'F1F3F5' : null,
        bold: total || at === 0 || (each.colour !== undefined && each.colour !== 'default'),
      }),
    ),
  });

type Look = { width: number; figures?: true; fill: string | null; bold: boolean; keepNext?: true };

function cellOf({ lines, colour, link }: Cell, { width, figures, fill, bold, keepNext }: Look): TableCell {
  const shaded = (colour && fills[colour]) ?? fill;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...filled(shaded),
    children: lines.map((text, at) => {
      const first = at === 0;
      const words = runs(text, {
        ...(first && bold ? { bold } : {}),
        ...(link && first ? { style: 'Hyperlink' } : {}),
      });
      return new Paragraph({
        style: first ? 'TableText' : 'TableNote',
        ...(keepNext ? { keepNext } : {}),
        ...(figures ? { alignment: AlignmentType.RIGHT } : {}),
        children: link && first ? [new InternalHyperlink({ anchor: link, children: words })] : words,
      });
    }),
  });
}

const factsWidths = [widthOf(18), widthOf(60)];

export function factsTable(facts: readonly [string, string][]): DocxTable {
  return new DocxTable({
    width: { size: factsWidths[0]! + factsWidths[1]!, type: WidthType.DXA },
    columnWidths: factsWidths,
    layout: TableLayoutType.FIXED,
    margins: cellMargins,
    borders,
    rows: facts.map(
      ([name, value]) =>
        new TableRow({
          cantSplit: true,
          children: [
            cellOf({ lines: [name] }, { width: factsWidths[0]!, fill: 'E6EAEE', bold: true }),
            cellOf({ lines: [value] }, { width: factsWidths[1]!, fill: null, bold: false }),
          ],
        }),
    ),
  });
}
