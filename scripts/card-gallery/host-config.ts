const colours = {
  light: {
    line: '#e0e0e0',
    text: ['#242424', '#616161'],
    accent: ['#5b5fc7', '#5b5fc7'],
    good: ['#0e700e', '#0e700e'],
    warning: ['#8a5200', '#8a5200'],
    attention: ['#b10e1c', '#b10e1c'],
    card: '#ffffff',
    emphasis: '#f5f5f5',
    styles: { good: '#e7f2da', warning: '#fbf2d9', attention: '#fcf4f6', accent: '#e8ebfa' },
  },
  dark: {
    line: '#525252',
    text: ['#ffffff', '#adadad'],
    accent: ['#9ea2ff', '#9ea2ff'],
    good: ['#92c353', '#92c353'],
    warning: ['#f8d22a', '#f8d22a'],
    attention: ['#e37d80', '#e37d80'],
    card: '#292929',
    emphasis: '#333333',
    styles: { good: '#0d2e0d', warning: '#463100', attention: '#3b1519', accent: '#2f2f4a' },
  },
  // Teams' high contrast leaves white, black and one colour for what can be pressed, so no style says anything.
  contrast: {
    line: '#ffffff',
    text: ['#ffffff', '#ffffff'],
    accent: ['#ffff01', '#ffff01'],
    good: ['#ffffff', '#ffffff'],
    warning: ['#ffffff', '#ffffff'],
    attention: ['#ffffff', '#ffffff'],
    card: '#000000',
    emphasis: '#000000',
    styles: { good: '#000000', warning: '#000000', attention: '#000000', accent: '#000000' },
  },
};

export type Theme = keyof typeof colours;
export const themes = Object.keys(colours) as Theme[];

const style = (
  { text, accent, good, warning, attention }: (typeof colours)[Theme],
  backgroundColor: string,
) => {
  const pair = ([normal, subtle]: string[]) => ({ default: normal, subtle });
  return {
    backgroundColor,
    foregroundColors: {
      default: pair(text),
      dark: pair(text),
      light: pair(text),
      accent: pair(accent),
      good: pair(good),
      warning: pair(warning),
      attention: pair(attention),
    },
  };
};

/** Sizes, spacings and colours near to those of the Teams client, so that a card here looks as it does there. */
export function hostConfig(theme: Theme) {
  const chosen = colours[theme];
  return {
    fontFamily: "'Segoe UI', 'Liberation Sans', Arial, sans-serif",
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: chosen.line },
    textStyles: { heading: { size: 'large', weight: 'bolder' } },
    textBlock: { headingLevel: 2 },
    inputs: {
      label: {
        requiredInputs: { suffix: ' *', suffixColor: 'attention', weight: 'default', size: 'default' },
        optionalInputs: { weight: 'default', size: 'default' },
      },
      errorMessage: { color: 'attention' },
    },
    actions: {
      maxActions: 6,
      buttonSpacing: 8,
      showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
      allowButtonsToWrap: true,
    },
    factSet: {
      title: { weight: 'Bolder', wrap: true, maxWidth: 130 },
      value: { wrap: true },
      spacing: 16,
    },
    containerStyles: {
      default: style(chosen, chosen.card),
      emphasis: style(chosen, chosen.emphasis),
      good: style(chosen, chosen.styles.good),
      warning: style(chosen, chosen.styles.warning),
      attention: style(chosen, chosen.styles.attention),
      accent: style(chosen, chosen.styles.accent),
    },
  };
}
