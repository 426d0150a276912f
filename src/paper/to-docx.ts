import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Table as DocxTable,
  type FileChild,
  Footer,
  Header,
  HeadingLevel,
  InternalHyperlink,
  type IRunOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Colour } from '../domain/words.ts';
import { documentStyles } from './docx-styles.ts';
import type { Block, Cell, Column, Table } from './layout/blocks.ts';
import { layOut } from './layout/lay-out.ts';
import type { Paper } from './paper.ts';

const margin = convertMillimetersToTwip(15);
const a4 = { width: 11906, height: 16838 };
/** The width of A4 on its side, which the nine columns of the monitoring table need. */
const textWidth = a4.height - 2 * margin;

const fills: Record<Colour, string | null> = {
  good: 'E5F3E8',
  warning: 'FDF1D6',
  attention: 'FBE4E3',
  default: null,
};

/** A Word document with real headings and tables, whose header rows are repeated on every page. */
export function toDocx(paper: Paper): Promise<Uint8Array> {
  const { council, title, marking, notice, period, asAt } = paper;
  const foot = footer(`${council}, ${period.name}, as at ${asAt.text}`);
  const document = new Document({
    title,
    subject: period.name,
    creator: council,
    lastModifiedBy: council,
    description: [marking, notice].filter(Boolean).join('. '),
    styles: documentStyles,
    numbering: {
      config: [
        {
          reference: 'points',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              style: { paragraph: { indent: { left: 340, hanging: 240 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          // The first page says it in the text, the others at their head.
          titlePage: true,
          page: {
            size: { ...a4, orientation: PageOrientation.LANDSCAPE },
            margin: { top: margin, bottom: margin, left: margin, right: margin },
          },
        },
        headers: { default: new Header({ children: marking ? [line(marking, 'Marking')] : [] }) },
        footers: { default: foot, first: foot },
        children: [
          ...(marking ? [line(marking, 'Marking')] : []),
          line(council, 'Council'),
          new Paragraph({ heading: HeadingLevel.TITLE, children: runs(title) }),
          ...(notice ? [line(notice, 'Notice')] : []),
          ...layOut(paper).flatMap(drawn),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const line = (text: string, style: string): Paragraph => new Paragraph({ style, children: runs(text) });

const footer = (text: string): Footer =>
  new Footer({
    children: [
      new Paragraph({
        style: 'Small',
        children: [
          new TextRun(`${text}. Page `),
          new TextRun({ children: [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });

/** Word's own choice for these is sometimes a coloured picture; this font draws them as letters. */
const signs = /([✔✖▲↔⇧⇩○●↗↘→]+)/;

/** A text's lines, each on its own, with its signs in a font that has them. */
const runs = (text: string, look: IRunOptions = {}): TextRun[] =>
  text.split('\n').flatMap((words, line) =>
    words
      .split(signs)
      .map((part, at) => ({ part, isSign: at % 2 === 1, breaks: line > 0 && at === 0 }))
      .filter(({ part, breaks }) => part !== '' || breaks)
      .map(
        ({ part, isSign, breaks }) =>
          new TextRun({
            ...look,
            text: part,
            ...(isSign ? { font: 'Segoe UI Symbol' } : {}),
            ...(breaks ? { break: 1 } : {}),
          }),
      ),
  );

function drawn(block: Block): FileChild[] {
  switch (block.block) {
    case 'heading': {
      const heading = block.level === 2 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
      const words = runs(block.text);
      const children = block.anchor ? [new Bookmark({ id: block.anchor, children: words })] : words;
      return [new Paragraph({ heading, children })];
    }
    case 'text': {
      const style = block.colour ? 'Standing' : 'Normal';
      return [new Paragraph({ style, children: runs(block.text, shade(block.colour)) })];
    }
    case 'list':
      return block.items.map(
        (item) => new Paragraph({ numbering: { reference: 'points', level: 0 }, children: runs(item) }),
      );
    case 'facts':
      return [factsTable(block.facts), new Paragraph({ style: 'Small', children: [] })];
    case 'table':
      return [line(block.caption, 'Caption'), table(block), new Paragraph({ style: 'Small', children: [] })];
  }
}

function shade(colour?: Colour) {
  const fill = colour && fills[colour];
  return fill ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill } } : {};
}

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

function table({ columns, rows, totalled }: Table): DocxTable {
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
          cellOf({ lines: [heading] }, { width: widths[at]!, figures, fill: 'E6EAEE', bold: true }),
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

type Look = { width: number; figures?: true; fill: string | null; bold: boolean };

function cellOf({ lines, colour, link }: Cell, { width, figures, fill, bold }: Look): TableCell {
  const shaded = (colour && fills[colour]) ?? fill;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(shaded ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: shaded } } : {}),
    children: lines.map((text, at) => {
      const first = at === 0;
      const words = runs(text, {
        ...(first && bold ? { bold } : {}),
        ...(link && first ? { style: 'Hyperlink' } : {}),
      });
      return new Paragraph({
        style: first ? 'TableText' : 'TableNote',
        ...(figures ? { alignment: AlignmentType.RIGHT } : {}),
        children: link && first ? [new InternalHyperlink({ anchor: link, children: words })] : words,
      });
    }),
  });
}

const factsWidths = [widthOf(18), widthOf(60)];

function factsTable(facts: readonly [string, string][]): DocxTable {
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
