import { compter, Encart, Etat, formatInstant, formatJour } from '#ui'
import type { Dossier } from '../../contract.ts'
import { Chiffre, ChiffreMontant, Chiffres } from '../commun/chiffres.tsx'
import { ETATS_DOSSIER } from '../commun/libelles.ts'

/** Where the month is, in one sentence. */
function phraseEtat(d: Dossier): string {
  const c = d.compteurs
  const qui = (par: string | null) => (par ? ` par ${par}` : '')
  if (d.calculEnCours) return `Un calcul est en cours, lancé par ${d.calculEnCours.par}.`
  if (d.etat === 'ouvert')
    return `${compter(c.agents, 'agent')} à payer, pas encore calculés${d.dateLimiteDepot ? ` ; dépôts jusqu’au ${formatJour(d.dateLimiteDepot)}` : ''}.`
  if (d.etat === 'calcule' && d.calculeLe) return `Calculé le ${formatInstant(d.calculeLe)}${qui(d.calculePar)}.`
  if (d.etat === 'aApprouver' && d.envoyeLe)
    return `Envoyé le ${formatInstant(d.envoyeLe)}${qui(d.envoyePar)} ; l’ordonnateur n’a pas encore répondu.`
  if (d.etat === 'renvoye') return 'L’ordonnateur a renvoyé la paie : corrigez, recalculez, puis envoyez à nouveau.'
  if (d.etat === 'approuve')
    return `Approuvé${d.approuveLe ? ` le ${formatInstant(d.approuveLe)}` : ''}${qui(d.approuvePar)} ; remise dans les coffres : ${c.editions} sur ${c.bulletins}.`
  if (d.etat === 'clos' && d.closLe) return `Clos le ${formatInstant(d.closLe)}${qui(d.closPar)}.`
  if (d.diffuseLe) return `Bulletins remis dans les coffres le ${formatInstant(d.diffuseLe)}.`
  return ''
}

export function TeteDossier({ dossier: d }: { dossier: Dossier }) {
  const e = ETATS_DOSSIER[d.etat]
  return (
    <span className="bq-rangee">
      <Etat etat={e.etat}>{e.libelle}</Etat>
      <span>{phraseEtat(d)}</span>
    </span>
  )
}

export function AvisDossier({ dossier: d }: { dossier: Dossier }) {
  return (
    <>
      {d.etat === 'renvoye' && d.motifRenvoi && (
        <Encart etat="attention" titre="Motif du renvoi">
          {d.motifRenvoi}
        </Encart>
      )}
      {d.estPerime && d.estModifiable && d.etat !== 'ouvert' && (
        <Encart etat="attention">Quelque chose a changé depuis le dernier calcul : recalculez avant d’envoyer.</Encart>
      )}
    </>
  )
}

export function ChiffresDossier({ dossier: d }: { dossier: Dossier }) {
  if (d.compteurs.bulletins === 0) return null
  const avant = d.totauxPrecedents
  return (
    <Chiffres nom="Totaux du mois">
      <Chiffre libelle="Bulletins" note={`sur ${compter(d.compteurs.agents, 'agent')}`}>
        {d.compteurs.bulletins}
      </Chiffre>
      <ChiffreMontant libelle="Brut" valeur={d.totaux.brut} avant={avant?.brut} />
      <ChiffreMontant libelle="Cotisations" valeur={d.totaux.cotisations} avant={avant?.cotisations} />
      <ChiffreMontant libelle="Net à payer" valeur={d.totaux.netAPayer} avant={avant?.netAPayer} />
      <ChiffreMontant libelle="Coût employeur" valeur={d.totaux.cout} avant={avant?.cout} />
    </Chiffres>
  )
}
