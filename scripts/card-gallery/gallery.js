/* global AdaptiveCards */
import { letButtonsWrap, nameFilteredLists, sayFolds, withOwnIds } from './mend-rendered.js';

const query = new URLSearchParams(location.search);
const chosen = (name, otherwise) => query.get(name) ?? otherwise;
const theme = chosen('theme', 'light');
const width = Number(chosen('width', 320));
const screen = chosen('screen', 'all');

const { screens, cards, hostConfigs } = await (await fetch('/cards.json')).json();

function draw({ screen: name, sample, card }, at) {
  const renderer = new AdaptiveCards.AdaptiveCard();
  renderer.hostConfig = new AdaptiveCards.HostConfig(hostConfigs[theme]);
  renderer.parse(withOwnIds(card, `card-${at}-`));
  const figure = document.createElement('figure');
  figure.dataset.card = `${name} ${sample}`;
  figure.style.width = `${width}px`;
  const caption = document.createElement('figcaption');
  caption.textContent = `${name}: ${sample}`;
  const frame = document.createElement('div');
  frame.className = 'card';
  frame.append(renderer.render());
  letButtonsWrap(frame);
  nameFilteredLists(frame);
  sayFolds(frame);
  // The renderer says the change first, and marks the part afterwards.
  renderer.onElementVisibilityChanged = () => queueMicrotask(() => sayFolds(frame));
  const pressed = document.createElement('output');
  // No bot answers here, so what a press would send is told.
  renderer.onExecuteAction = ({ verb, title }) => {
    if (verb) pressed.textContent = `${title} sends ${verb}`;
  };
  figure.append(caption, frame, pressed);
  return figure;
}

function choices(select, names, value) {
  if (names) select.replaceChildren(...names.map((name) => new Option(name)));
  select.value = value;
  select.addEventListener('change', () => {
    query.set(select.id, select.value);
    location.search = query;
  });
}

document.body.className = theme;
choices(document.querySelector('#screen'), ['all', ...screens], screen);
choices(document.querySelector('#theme'), Object.keys(hostConfigs), theme);
choices(document.querySelector('#width'), null, String(width));
const shown = cards.filter((card) => screen === 'all' || card.screen === screen);
document.querySelector('#cards').replaceChildren(...shown.map(draw));
document.body.dataset.ready = 'yes';
