/** How the page looks on a screen and on paper. Colours keep 4.5:1 and more, and only repeat the words. */
export const stylesheet = `
@page { size: A4 landscape; margin: 14mm 12mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1d2329; font: 16px/1.45 Arial, "Liberation Sans", Helvetica, sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px 20px 64px; }
.marking { margin: 0 0 16px; padding: 8px 12px; border: 3px solid #1d2329; font-weight: bold; letter-spacing: .02em; }
.council { margin: 0; color: #44505c; font-weight: bold; }
h1 { margin: 4px 0 16px; font-size: 30px; line-height: 1.2; text-wrap: balance; }
h2 { margin: 40px 0 8px; padding-top: 12px; border-top: 2px solid #1d2329; font-size: 22px; line-height: 1.25; }
h3 { margin: 24px 0 8px; font-size: 17px; }
p { margin: 8px 0; max-width: 78ch; }
li { margin: 4px 0; max-width: 90ch; }
.notice { padding: 8px 12px; border-left: 6px solid #44505c; background: #f1f3f5; }
.tone { display: inline-block; padding: 2px 10px; font-weight: bold; font-size: 18px; }
.wide { overflow-x: auto; margin: 12px 0 20px; }
.wide:focus-visible { outline: 3px solid #1a5fb4; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.35; }
.wide table { min-width: 900px; table-layout: fixed; }
table.facts { width: auto; margin: 0 0 16px; font-size: 16px; }
caption { padding: 0 0 6px; color: #44505c; font-weight: bold; text-align: left; }
.facts caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 6px 8px; border: 1px solid #c3cad1; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.facts th, .facts td { border: 0; padding: 2px 20px 2px 0; }
thead th { background: #e6eaee; border-bottom: 2px solid #44505c; vertical-align: bottom; font-size: 13px; overflow-wrap: normal; }
th.figures, td.figures { padding-left: 5px; padding-right: 6px; }
tbody th { font-weight: bold; }
.figures { text-align: right; font-variant-numeric: tabular-nums; }
.total th, .total td { border-top: 2px solid #44505c; background: #f1f3f5; font-weight: bold; }
.line { display: block; white-space: pre-line; }
.line + .line { margin-top: 2px; color: #44505c; font-weight: normal; font-size: 13px; }
.good { background: #e5f3e8; box-shadow: inset 4px 0 0 #1f7a37; }
.warning { background: #fdf1d6; box-shadow: inset 4px 0 0 #a15c00; }
.attention { background: #fbe4e3; box-shadow: inset 4px 0 0 #b3221b; }
td.good .line:first-child, td.warning .line:first-child, td.attention .line:first-child { font-weight: bold; }
a { color: #174e94; }
@media print {
  body { font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 15pt; margin-top: 18pt; } h3 { font-size: 11.5pt; }
  h2, h3, caption { break-after: avoid; }
  .wide { overflow: visible; margin: 6pt 0 12pt; }
  .wide table { min-width: 0; font-size: 8.5pt; }
  thead th, .line + .line { font-size: 8pt; }
  thead { display: table-header-group; break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  p, li { max-width: none; }
  tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;
