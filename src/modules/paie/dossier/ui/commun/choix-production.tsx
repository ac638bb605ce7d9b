import { Bouton, useRecherche } from '#ui'

/** An agent paid more than once in the month has as many payslips: which one is read. */
export function ChoixProduction({ rangs, actif }: { rangs: readonly number[]; actif: number }) {
  const [, setR] = useRecherche()
  if (rangs.length < 2) return null
  return (
    <fieldset className="bq-rangee" aria-label="Bulletins du mois">
      {rangs.map((rang) => (
        <Bouton
          key={rang}
          variante={rang === actif ? 'normal' : 'discret'}
          aria-pressed={rang === actif}
          onClick={() => setR({ rang: rang === rangs[0] ? undefined : String(rang) })}
        >
          {rang === 1 ? 'Paie du mois' : `Production n° ${rang}`}
        </Bouton>
      ))}
    </fieldset>
  )
}
