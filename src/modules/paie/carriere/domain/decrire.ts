import { euros, formatEuros } from '#socle/argent.ts'
import { formatJour } from '#socle/dates.ts'
import { isAgent, LIBELLES_FONCTION, LIBELLES_STATUT, type SituationCarriere } from '../contract.ts'

export type Champ = { libelle: string; valeur: string }

const virgule = (text: string) => text.replace('.', ',')
const accorder = (n: number, mot: string) => `${n} ${mot}${n > 1 ? 's' : ''}`

/** « 28 h par semaine » */
export function formatHebdo(minutes: number): string {
  if (minutes === 2100) return 'Temps complet'
  const reste = minutes % 60
  return `${Math.floor(minutes / 60)} h${reste ? ` ${String(reste).padStart(2, '0')}` : ''} par semaine`
}

function remuneration(s: Extract<SituationCarriere, { prive: unknown }>): Champ[] {
  const p = s.prive
  return [
    ...(s.vacation
      ? [{ libelle: 'Vacation', valeur: `${s.vacation.libelle}, ${formatEuros(euros(s.vacation.taux))}` }]
      : []),
    ...s.accueils.map((a) => ({
      libelle: `Accueil de ${a.enfant}`,
      valeur: `${formatHebdo(a.minutesHebdo)}, ${virgule(a.tauxHoraire)} € de l’heure`,
    })),
    ...(p?.salaireMensuel ? [{ libelle: 'Salaire mensuel', valeur: formatEuros(euros(p.salaireMensuel)) }] : []),
    ...(p?.tauxHoraire ? [{ libelle: 'Taux horaire', valeur: `${virgule(p.tauxHoraire)} €` }] : []),
    ...(p?.coefficient ? [{ libelle: 'Coefficient', valeur: String(p.coefficient) }] : []),
    ...(p?.pourcentageSmic ? [{ libelle: 'Part du SMIC', valeur: virgule(p.pourcentageSmic) }] : []),
    ...(p?.tarifJour ? [{ libelle: 'Prix du jour', valeur: formatEuros(euros(p.tarifJour)) }] : []),
    ...(p?.contrat
      ? [{ libelle: 'Contrat', valeur: p.contrat === 'saisonnier' ? 'Saisonnier' : p.contrat.toUpperCase() }]
      : []),
    ...(p?.retraite ? [{ libelle: 'Retraite', valeur: p.retraite === 'ircantec' ? 'IRCANTEC' : 'Agirc-Arrco' }] : []),
    ...(s.indemniteConges ? [{ libelle: 'Congés payés', valeur: `${virgule(s.indemniteConges)} % du brut` }] : []),
  ]
}

/** A situation in the words of an arrêté: what the officer checks against the paper. */
export function describeSituation(s: SituationCarriere): Champ[] {
  const pas = {
    libelle: 'Impôt',
    valeur: s.pas.mode === 'taux' ? `${virgule(s.pas.taux)} % (transmis par la DGFiP)` : 'Taux neutre',
  }
  if (s.statut === 'elu')
    return [
      { libelle: 'Fonction', valeur: LIBELLES_FONCTION[s.fonction] },
      { libelle: 'Population', valeur: `${s.population.toLocaleString('fr-FR')} habitants` },
      { libelle: 'Indemnité votée', valeur: `${virgule(s.pourcentDuMaximum)} % du maximum` },
      { libelle: 'Mandats indemnisés', valeur: String(s.mandatsIndemnises) },
      pas,
    ]
  const primes = (s.primes ?? []).map((p) => ({
    libelle: p.libelle,
    valeur: `${formatEuros(euros(p.montant))} par mois (${p.deliberation})`,
  }))
  const sft = s.enfantsSft > 0 ? [{ libelle: 'SFT', valeur: accorder(s.enfantsSft, 'enfant') }] : []
  if (!isAgent(s))
    return [
      { libelle: 'Statut', valeur: LIBELLES_STATUT[s.statut] },
      { libelle: 'Emploi', valeur: s.grade },
      ...(s.minutesHebdo === null ? [] : [{ libelle: 'Durée du contrat', valeur: formatHebdo(s.minutesHebdo) }]),
      ...remuneration(s),
      ...primes,
      ...sft,
      pas,
    ]
  return [
    {
      libelle: 'Statut',
      valeur: LIBELLES_STATUT[s.statut] + (s.versant === 'FPH' ? ' (fonction publique hospitalière)' : ''),
    },
    { libelle: 'Grade', valeur: s.grade },
    ...(s.echelon === null
      ? []
      : [{ libelle: 'Échelon', valeur: `${s.echelon} (depuis le ${formatJour(s.dateEchelon)})` }]),
    ...(s.im === null
      ? []
      : [{ libelle: 'Indice majoré', valeur: `${s.im}${s.ib === null ? '' : ` (indice brut ${s.ib})`}` }]),
    ...(s.traitementForfaitaire
      ? [{ libelle: 'Traitement', valeur: `${formatEuros(euros(s.traitementForfaitaire))} par mois à temps complet` }]
      : []),
    { libelle: 'Durée du poste', valeur: formatHebdo(s.minutesHebdo) },
    ...(s.quotiteTempsPartiel === 100
      ? []
      : [
          { libelle: 'Temps partiel', valeur: `${s.quotiteTempsPartiel} %${s.surcotisation ? ', surcotisation' : ''}` },
        ]),
    { libelle: 'Retraite', valeur: s.regime.toUpperCase() },
    ...(s.minutesHebdoAutres > 0 ? [{ libelle: 'Autres employeurs', valeur: formatHebdo(s.minutesHebdoAutres) }] : []),
    ...(s.nbiPoints > 0
      ? [{ libelle: 'NBI', valeur: `${s.nbiPoints} points${s.nbiMotif ? ` (${s.nbiMotif})` : ''}` }]
      : []),
    ...(s.ifse
      ? [
          {
            libelle: 'IFSE',
            valeur: `${formatEuros(euros(s.ifse.mensuel))} par mois (groupe ${s.ifse.groupe}${s.ifse.deliberation ? `, ${s.ifse.deliberation}` : ''})`,
          },
        ]
      : []),
    ...primes,
    ...(s.ctiPoints > 0 ? [{ libelle: 'CTI', valeur: `${s.ctiPoints} points` }] : []),
    ...sft,
    ...(s.remboursementTransport
      ? [{ libelle: 'Transport', valeur: `${formatEuros(euros(s.remboursementTransport))} remboursés par mois` }]
      : []),
    pas,
  ]
}

/** What changes from one situation to the next, in a sentence: « Échelon : 5 puis 6 ; Indice majoré : 370 puis 371 ». */
export function describeChangement(avant: SituationCarriere | undefined, apres: SituationCarriere): string {
  if (!avant) return `${LIBELLES_STATUT[apres.statut]}${apres.statut === 'elu' ? '' : `, ${apres.grade}`}`
  const [a, b] = [describeSituation(avant), describeSituation(apres)].map(
    (champs) => new Map(champs.map((c) => [c.libelle, c.valeur])),
  ) as [Map<string, string>, Map<string, string>]
  const phrases = [...new Set([...a.keys(), ...b.keys()])].flatMap((k) => {
    if (a.get(k) === b.get(k)) return []
    if (!a.has(k)) return [`${k} : ${b.get(k)}`]
    return [`${k} : ${a.get(k)} puis ${b.get(k) ?? 'rien'}`]
  })
  return phrases.length > 0 ? phrases.join(' ; ') : 'Aucune valeur ne change.'
}
