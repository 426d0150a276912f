/** What `npm start` prints once everything answers. */
export const thingsToTry = (url: string): string => `
Planwatch is ready. Open ${url} in a browser.

It is 14 October 2009 at Kent County Council (sample); figures and people are illustrative.
You are Priya Raman, an accountable manager. Five things to try in the chat:

  1  my updates            what you are asked for; press Give, send a result, press Next
  2  as Grace Adeyemi      become a clerk, then: status highways
  3  off target            which plans are off target, and why
  4  @Planwatch connect    in a channel (menu, top left), as Grace: choose whose digest it shows,
                           then: @Planwatch digest
  5  clock 15 January 2010 move to another day, then: late

Stop with Ctrl+C. What you enter is kept in .data and is there the next time.
`;
