import {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import { createServer, plugins, type Request, type Response } from 'restify';

// The smallest bot that the SDK's own samples make: no rules, no store, one card for everything.
const card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Thank you', size: 'Large', weight: 'Bolder', wrap: true },
    { type: 'TextBlock', text: 'Your update was received.', wrap: true },
  ],
  actions: [{ type: 'Action.Execute', title: 'Next', verb: 'next', data: {} }],
};

class BareBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity({ type: 'message', attachments: [CardFactory.adaptiveCard(card)] });
      await next();
    });
  }

  protected override async onInvokeActivity(_context: TurnContext) {
    return {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
    };
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new BareBot();
const server = createServer({ name: '' });
server.use(plugins.bodyParser());
server.post('/api/messages', async (request: Request, response: Response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.get('/livez', async (_request: Request, response: Response) => {
  response.send(200, { live: true });
});
server.server.requestTimeout = 30_000;
server.server.keepAliveTimeout = 65_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
