/** Where nothing was chosen. */
export const colour_default = '#1d5c3f'

export const colour_pattern = /^#[0-9a-f]{6}$/

/** The page's style in an institution's colour: light and dark, from 320 px on. */
export function styleOf(colour: string): string {
  return `:root{color-scheme:light dark;--brand:${colour};--on-brand:${onColour(colour)};
--page:#f3f4f1;--card:#fff;--text:#1b1f1c;--soft:#515a54;--line:#7d867f;--bad:#9b1c1c;--bad-page:#fdecec}
@media(prefers-color-scheme:dark){:root{--page:#121512;--card:#1c211d;--text:#eef1ee;--soft:#b5beb8;
--line:#7f8a83;--bad:#ffb4ab;--bad-page:#3b1513}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem}
header{display:flex;align-items:center;gap:.75rem;padding:0 .25rem 1rem}
header img{max-height:3rem;max-width:10rem}
header p{margin:0;font-weight:600;overflow-wrap:anywhere}
h1{font-size:1.375rem;line-height:1.3;margin:0 0 .75rem;overflow-wrap:anywhere}
h2{font-size:1.0625rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0;overflow-wrap:anywhere}
ul{margin:.25rem 0;padding-left:1.25rem}
li{margin:.25rem 0;overflow-wrap:anywhere}
.soft{color:var(--soft)}
.choices{display:grid;gap:.625rem;margin:.75rem 0}
button,.button{display:block;width:100%;min-height:2.75rem;padding:.625rem 1rem;border-radius:.5rem;
border:1px solid var(--line);font:inherit;font-weight:600;text-align:center;cursor:pointer;
text-decoration:none;background:var(--card);color:var(--text)}
button.yes,.button.yes{background:var(--brand);color:var(--on-brand)}
button.small{width:auto;font-weight:400;padding:.375rem .75rem}
:focus-visible{outline:3px solid var(--text);outline-offset:3px}
label{display:block;font-weight:600;margin:1rem 0 .125rem}
input{width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--line);
border-radius:.5rem;font:inherit;background:var(--card);color:var(--text)}
.hint{margin:0 0 .25rem;font-size:.9375rem;color:var(--soft)}
.alert{background:var(--bad-page);color:var(--bad);border:1px solid currentColor;border-radius:.5rem;
padding:.75rem 1rem;margin:0 0 1rem}
.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between}
code{overflow-wrap:anywhere}
footer{margin-top:1rem;font-size:.875rem;color:var(--soft);padding:0 .25rem}
`
}

/** Black or white, whichever can be read better on a colour (WCAG 2.2, relative luminance). */
export function onColour(colour: string): '#000000' | '#ffffff' {
  const light = luminance(colour)
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? '#000000' : '#ffffff'
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
