import {
  appeler,
  aujourdhuiAParis,
  compter,
  deMois,
  type FournisseurTaches,
  formatMois,
  formatMontant,
  hasDroit,
  type Tache,
} from '#ui'
import { lireDossier, listerDossiers, listerPieces, listerQuestions } from '../../contract.ts'

/** The day before which it is due; a past one asks for attention. */
const echue = (jour: string | null): Pick<Tache, 'echeance' | 'etat'> =>
  jour === null ? {} : { echeance: jour, etat: jour < aujourdhuiAParis() ? 'attention' : 'aFaire' }

/** What waits for a secretary in this body: papers to deposit, to replace, questions to answer. */
export const tachesDepot: FournisseurTaches = {
  nom: 'Dossier du mois',
  visible: (vue) => hasDroit(vue, 'pieces.deposer'),
  chercher: async (signal) => {
    const { dossiers } = await appeler(listerDossiers, {}, { signal })
    const ouverts = dossiers.filter((d) => d.etat !== 'diffuse' && d.etat !== 'clos' && d.etat !== 'approuve')
    const listes = await Promise.all(
      ouverts.map(async ({ mois }) => {
        const params = { mois }
        const [dossier, { pieces, attendues }, { questions }] = await Promise.all([
          appeler(lireDossier, { params }, { signal }),
          appeler(listerPieces, { params }, { signal }),
          appeler(listerQuestions, { params }, { signal }),
        ])
        const taches: Tache[] = pieces
          .filter((p) => p.etat === 'refusee' || p.etat === 'aCompleter')
          .map((p) => ({
            id: `piece-${p.id}`,
            libelle: `${p.etat === 'refusee' ? 'Remplacer' : 'Compléter'} la pièce n° ${p.numero}, ${p.libelle}`,
            ...(p.motif ? { precision: p.motif } : {}),
            etat: p.etat === 'refusee' ? 'bloquant' : 'attention',
            vers: `/dossier/${mois}?piece=${p.id}`,
          }))
        // Who asked had the last word: it waits for the body.
        for (const q of questions)
          if (q.genre === 'dossier' && !q.estClose && q.messages.at(-1)?.personneId === q.messages[0]?.personneId)
            taches.push({
              id: `question-${q.id}`,
              libelle: `Répondre à votre gestionnaire : ${q.objet}`,
              precision: q.messages.at(-1)?.texte ?? '',
              ...echue(q.echeance),
              vers: `/dossier/${mois}?vue=questions&question=${q.id}`,
            })
        if (attendues.length > 0)
          taches.push({
            id: `attendues-${mois}`,
            libelle: `Déposer ${compter(attendues.length, 'pièce attendue', 'pièces attendues')} pour ${formatMois(mois)}`,
            precision: attendues.map((a) => a.libelle).join(', '),
            ...echue(dossier.dateLimiteDepot),
            vers: `/dossier/${mois}`,
          })
        return taches
      }),
    )
    return listes.flat()
  },
}

/** The months that wait for the visa. */
export const tachesVisa: FournisseurTaches = {
  nom: 'Paie à approuver',
  visible: (vue) => hasDroit(vue, 'paie.approuver'),
  chercher: async (signal) => {
    const { dossiers } = await appeler(listerDossiers, {}, { signal })
    return dossiers.flatMap((d) => [
      ...(d.etat === 'aApprouver'
        ? [
            {
              id: `visa-${d.mois}`,
              libelle: `Approuver la paie ${deMois(d.mois)}`,
              precision: `${compter(d.bulletins, 'bulletin')}, ${formatMontant(d.netAPayer)} net à payer`,
              vers: `/approbation/${d.mois}`,
            },
          ]
        : []),
      ...d.aApprouver.map((rang) => ({
        id: `visa-${d.mois}-${rang}`,
        libelle: `Approuver la production n° ${rang} ${deMois(d.mois)}`,
        precision: 'Elle complète la paie du mois',
        vers: `/paie/complements/${d.mois}/${rang}`,
      })),
    ])
  },
}
