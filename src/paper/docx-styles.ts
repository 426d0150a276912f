import type { IStylesOptions } from 'docx';

const font = 'Arial';
const ink = '1D2329';
const grey = '44505C';

/** Sizes are half points, spacings twentieths of a point. */
export const documentStyles: IStylesOptions = {
  default: {
    document: {
      run: { font, size: 21, color: ink, language: { value: 'en-GB' } },
      paragraph: { spacing: { after: 100, line: 264 } },
    },
    title: {
      run: { font, size: 40, bold: true, color: ink },
      paragraph: { spacing: { before: 140, after: 160, line: 276 } },
    },
    heading1: {
      run: { font, size: 28, bold: true, color: ink },
      paragraph: { spacing: { before: 320, after: 100 }, keepNext: true },
    },
    heading2: {
      run: { font, size: 23, bold: true, color: ink },
      paragraph: { spacing: { before: 200, after: 80 }, keepNext: true },
    },
    hyperlink: { run: { color: '174E94', underline: { type: 'single' } } },
  },
  paragraphStyles: [
    {
      id: 'Council',
      name: 'Council',
      basedOn: 'Normal',
      run: { bold: true, color: grey },
      paragraph: { spacing: { after: 0 } },
    },
    {
      id: 'Marking',
      name: 'Marking',
      basedOn: 'Normal',
      run: { bold: true, size: 26 },
      paragraph: {
        border: {
          top: { style: 'single', size: 18, color: ink, space: 3 },
          bottom: { style: 'single', size: 18, color: ink, space: 3 },
        },
      },
    },
    { id: 'Notice', name: 'Notice', basedOn: 'Normal', run: { italics: true, color: grey } },
    {
      id: 'Standing',
      name: 'Standing',
      basedOn: 'Normal',
      run: { bold: true, size: 25 },
      paragraph: { keepNext: true },
    },
    {
      id: 'Caption',
      name: 'caption',
      basedOn: 'Normal',
      run: { bold: true, size: 18, color: grey },
      paragraph: { keepNext: true, spacing: { before: 80, after: 60 } },
    },
    {
      id: 'TableText',
      name: 'Table text',
      basedOn: 'Normal',
      run: { size: 17 },
      paragraph: { spacing: { after: 0, line: 240 } },
    },
    {
      id: 'TableNote',
      name: 'Table note',
      basedOn: 'TableText',
      run: { size: 16, color: grey },
      paragraph: { spacing: { before: 20, after: 0, line: 240 } },
    },
    {
      id: 'Small',
      name: 'Small',
      basedOn: 'Normal',
      run: { size: 16, color: grey },
      paragraph: { spacing: { after: 0 } },
    },
  ],
};
