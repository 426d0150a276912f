import {
  Bookmark,
  Document,
  type FileChild,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import { documentStyles } from './docx-styles.ts';
import { a4, factsTable, margin, table } from './docx-table.ts';
import { filled, fills, runs } from './docx-text.ts';
import type { Block } from './layout/blocks.ts';
import { layOut } from './layout/lay-out.ts';
import type { Paper } from './paper.ts';

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
      return [
        new Paragraph({ style, children: runs(block.text, filled(block.colour && fills[block.colour])) }),
      ];
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
