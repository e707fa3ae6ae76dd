const initials_max = 2

/** A partner's mark: two letters in a colour of its own, and its name. */
export function PartnerMark({ partner, short = false }: { partner: string; short?: boolean }) {
  return (
    <span className="partner" title={partner}>
      <span className="partner-mark" data-hue={hueOf(partner)} aria-hidden="true">
        {partner.slice(0, initials_max)}
      </span>
      <span className={short ? 'unseen' : ''}>{partner}</span>
    </span>
  )
}

const hues = 12

/** The same hue for the same name, whatever partners there are. */
function hueOf(name: string): number {
  let sum = 0
  for (const sign of name) sum = (sum * 45 + (sign.codePointAt(0) ?? 0)) % 9_973
  return sum % hues
}
