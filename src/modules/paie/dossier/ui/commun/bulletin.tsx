import '../../../ui/paie.css'
import type { KeyboardEvent } from 'react'
import { type Centimes, euros, inEuros, sum, ZERO } from '#socle/argent.ts'
import { BarreBrutNet, deMois, formatNombre, Montant, usePanneau } from '#ui'
import type { zBulletinVu } from '../../contract.ts'
import { ChiffreMontant, Chiffres } from './chiffres.tsx'
import { lireTaux } from './libelles.ts'
import { PourquoiLigne } from './pourquoi.tsx'

export type BulletinVu = (typeof zBulletinVu)['_output']
type LigneRangee = BulletinVu['lignes'][number] & { rang: number }

const montantDe = (b: BulletinVu, ...noms: string[]): Centimes =>
  sum(noms.map((n) => (b.totaux[n] === undefined ? ZERO : euros(b.totaux[n]))))

/** Five figures, and one bar that shows the way from brut to net. */
export function TeteBulletin({ bulletin: b }: { bulletin: BulletinVu }) {
  const cotisations = inEuros(montantDe(b, 'cotisationsAgent', 'csgDeductible', 'csgNonDeductible', 'crds'))
  const brut = inEuros(montantDe(b, 'brut'))
  const net = inEuros(montantDe(b, 'netAPayer'))
  return (
    <div className="bq-pile-serree">
      <Chiffres nom="Totaux du bulletin">
        <ChiffreMontant libelle="Brut" valeur={brut} />
        <ChiffreMontant libelle="Net à payer" valeur={net} />
        <ChiffreMontant libelle="Montant net social" valeur={inEuros(montantDe(b, 'montantNetSocial'))} />
      </Chiffres>
      <BarreBrutNet
        brut={brut}
        net={{ libelle: 'Net à payer', montant: net }}
        etapes={[
          { libelle: 'Cotisations', montant: cotisations },
          { libelle: 'Impôt', montant: inEuros(montantDe(b, 'pas')) },
        ]}
      />
    </div>
  )
}

/**
 * The lines of a payslip, grouped by what they are for; each one can be asked « Pourquoi ? ». Up and down arrows go
 * from line to line.
 */
export function LignesBulletin({
  bulletin: b,
  carriere,
  versPiece,
}: {
  bulletin: BulletinVu
  carriere: string
  versPiece?: (pieceId: string) => string
}) {
  const { open } = usePanneau()
  const rangees: LigneRangee[] = b.lignes.map((l, rang) => ({ ...l, rang }))
  const demander = (l: LigneRangee) =>
    open({
      titre: 'Pourquoi ?',
      contenu: (
        <PourquoiLigne
          key={`${carriere}-${l.rang}`}
          mois={b.mois}
          carriere={carriere}
          ligne={l.rang}
          rang={b.rang}
          {...(versPiece ? { versPiece } : {})}
        />
      ),
    })
  const surTouche = (e: KeyboardEvent<HTMLTableElement>) => {
    if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return
    const boutons = [...e.currentTarget.querySelectorAll<HTMLElement>('button[data-ligne]')]
    const i = boutons.indexOf(document.activeElement as HTMLElement)
    if (i < 0) return
    e.preventDefault()
    boutons[i + (e.key === 'ArrowDown' ? 1 : -1)]?.focus()
  }
  return (
    <div className="paie-defile">
      <table className="paie-lignes" onKeyDown={surTouche}>
        <caption className="bq-lu">Lignes du bulletin {deMois(b.mois)}</caption>
        <thead>
          <tr>
            <th scope="col">Ligne</th>
            <th scope="col" data-nombre data-detail>
              Nombre
            </th>
            <th scope="col" data-nombre data-detail>
              Base
            </th>
            <th scope="col" data-nombre data-detail>
              Taux
            </th>
            <th scope="col" data-nombre>
              Agent
            </th>
            <th scope="col" data-nombre data-employeur>
              Taux
            </th>
            <th scope="col" data-nombre data-employeur>
              Employeur
            </th>
          </tr>
        </thead>
        {b.rubriques.map((r) => (
          <tbody key={r.code}>
            <tr className="paie-groupe">
              <th scope="rowgroup">{r.libelle}</th>
              <td colSpan={3} data-detail />
              <td data-nombre>
                <Montant valeur={r.total} euro={false} />
              </td>
              <td data-employeur />
              <td data-nombre data-employeur>
                {euros(r.totalEmployeur) !== ZERO && <Montant valeur={r.totalEmployeur} euro={false} />}
              </td>
            </tr>
            {rangees
              .filter((l) => l.rubrique === r.code)
              .map((l) => (
                <LigneBulletin key={l.rang} ligne={l} onPourquoi={() => demander(l)} />
              ))}
          </tbody>
        ))}
        <tfoot>
          <Total libelle="Net avant impôt" valeur={b.totaux.netAvantImpot} />
          <Total
            libelle="Net à payer"
            valeur={b.totaux.netAPayer}
            employeur={b.totaux.coutEmployeur}
            libelleEmployeur="Coût employeur"
          />
        </tfoot>
      </table>
    </div>
  )
}

function LigneBulletin({ ligne: l, onPourquoi }: { ligne: LigneRangee; onPourquoi: () => void }) {
  return (
    <tr>
      <th scope="row">
        <button type="button" className="paie-pourquoi" data-ligne onClick={onPourquoi} title="Pourquoi ?">
          {l.libelle}
          <span className="bq-lu"> : pourquoi ?</span>
        </button>
        {l.origine && <span className="bq-discret bq-petit"> rappel {deMois(l.origine)}</span>}
      </th>
      <td data-nombre data-detail>
        {l.nombre && <span className="bq-chiffres">{formatNombre(l.nombre)}</span>}
      </td>
      <td data-nombre data-detail>
        {(l.base ?? l.basePatronale) && <Montant valeur={l.base ?? l.basePatronale} euro={false} />}
      </td>
      <td data-nombre data-detail>
        {l.taux && <span className="bq-chiffres">{lireTaux(l.taux)}</span>}
      </td>
      <td data-nombre>{l.effet !== null && <Montant valeur={l.effet} euro={false} />}</td>
      <td data-nombre data-employeur>
        {l.tauxPatronal && <span className="bq-chiffres">{lireTaux(l.tauxPatronal)}</span>}
      </td>
      <td data-nombre data-employeur>
        {l.montantPatronal && <Montant valeur={l.montantPatronal} euro={false} />}
      </td>
    </tr>
  )
}

function Total({
  libelle,
  valeur,
  employeur,
  libelleEmployeur,
}: {
  libelle: string
  valeur: string | undefined
  employeur?: string | undefined
  libelleEmployeur?: string
}) {
  if (valeur === undefined) return null
  return (
    <tr>
      <th scope="row">{libelle}</th>
      <td colSpan={3} data-detail />
      <td data-nombre>
        <Montant valeur={valeur} euro={false} />
      </td>
      <td data-nombre data-employeur>
        {employeur && libelleEmployeur}
      </td>
      <td data-nombre data-employeur>
        {employeur && <Montant valeur={employeur} euro={false} />}
      </td>
    </tr>
  )
}
