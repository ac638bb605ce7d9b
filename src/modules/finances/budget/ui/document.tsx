import { IconDownload } from '@tabler/icons-react'
import {
  adresse,
  alerter,
  Bouton,
  type Colonne,
  Encart,
  Graphique,
  Page,
  Tableau,
  telecharger,
  useApi,
  useParametres,
  useRecherche,
} from '#ui'
import { type ChapitreLu, exporterScdl, type LigneLue, montrerDocumentBudgetaire, SECTIONS, SENS } from '../contract.ts'
import { Anomalies, CotesEquilibre, pourGraphique } from './commun.tsx'

const montants = [
  { cle: 'budgetPrecedent', titre: 'Budget précédent', valeur: (l: ChapitreLu | LigneLue) => l.budgetPrecedent },
  { cle: 'vote', titre: 'Voté', valeur: (l: ChapitreLu | LigneLue) => l.vote },
  { cle: 'realise', titre: 'Réalisé', valeur: (l: ChapitreLu | LigneLue) => l.realise },
].map((c) => ({ ...c, genre: 'montant' as const }))
const debut = [
  {
    cle: 'section',
    titre: 'Section',
    valeur: (l: ChapitreLu | LigneLue) => SECTIONS[l.section],
    filtre: 'choix' as const,
  },
  { cle: 'sens', titre: 'Sens', valeur: (l: ChapitreLu | LigneLue) => SENS[l.sens], filtre: 'choix' as const },
  { cle: 'chapitre', titre: 'Chapitre', valeur: (l: ChapitreLu | LigneLue) => l.chapitre, filtre: 'choix' as const },
]
const colonnesChapitre: readonly Colonne<ChapitreLu>[] = [
  ...debut,
  { cle: 'libelle', titre: 'Libellé', valeur: (c) => c.libelle },
  ...montants,
]
const colonnesLigne: readonly Colonne<LigneLue & { rang: number }>[] = [
  ...debut,
  { cle: 'nature', titre: 'Article', valeur: (l) => l.nature },
  { cle: 'libelle', titre: 'Libellé', valeur: (l) => l.libelle },
  { cle: 'fonction', titre: 'Fonction', valeur: (l) => l.fonction, masquee: true },
  { cle: 'operation', titre: 'Opération', valeur: (l) => l.operation, masquee: true },
  ...montants,
]

/** One official document: its balance, its chapters in charts, its lines. */
export default function PageDocument() {
  const { document: id } = useParametres<{ document: string }>()
  const params = { documentLu: id }
  const q = useApi(montrerDocumentBudgetaire, { params })
  const [r, setR] = useRecherche()
  const d = q.data
  const lignes = r.vue === 'lignes'
  return (
    <Page
      titre={d ? `${d.document.etape} ${d.document.annee}` : 'Document budgétaire'}
      sousTitre={d && `${d.document.collectivite}, ${d.document.budget} (${d.document.plan.replace('_', ' ')})`}
      fil={[{ libelle: 'Documents budgétaires lus', vers: '/finances/budgets/documents' }]}
      action={
        d && (
          <Bouton
            icone={IconDownload}
            onClick={() =>
              telecharger(
                adresse(exporterScdl, { params }),
                `budget-${d.document.annee}-${d.document.siret}.csv`,
              ).catch((e: Error) => alerter('Le fichier n’a pas été fait', e.message))
            }
          >
            Données ouvertes (SCDL)
          </Bouton>
        )
      }
    >
      {q.error && !d && <Encart etat="attention">{q.error.message}</Encart>}
      {d && (
        <>
          <CotesEquilibre equilibre={d.equilibre} execute={/^Compte/.test(d.document.etape)} />
          <Anomalies anomalies={d.anomalies} />
          <nav className="bq-rangee" aria-label="Vues du document">
            <Bouton
              variante={lignes ? 'discret' : 'normal'}
              aria-pressed={!lignes}
              onClick={() => setR({ vue: undefined })}
            >
              Par chapitre
            </Bouton>
            <Bouton
              variante={lignes ? 'normal' : 'discret'}
              aria-pressed={lignes}
              onClick={() => setR({ vue: 'lignes' })}
            >
              Ligne par ligne
            </Bouton>
          </nav>
          {lignes ? (
            <Tableau
              nom="Lignes du document"
              lignes={d.lignes.map((l, rang) => ({ ...l, rang }))}
              cle={(l) => String(l.rang)}
              colonnes={colonnesLigne}
              vide="Ce document n’a pas de ligne."
            />
          ) : (
            <>
              <div className="fin-deux">
                {(['F', 'I'] as const).flatMap((section) =>
                  (['D', 'R'] as const).map((sens) => {
                    const cs = d.chapitres.filter((c) => c.section === section && c.sens === sens)
                    const series = (
                      [
                        ['Voté', 'vote'],
                        ['Réalisé', 'realise'],
                      ] as const
                    )
                      .map(([nom, cle]) => ({ nom, valeurs: cs.map((c) => pourGraphique(c[cle])) }))
                      .filter((s) => s.valeurs.some((v) => v !== 0))
                    return series.length === 0 ? null : (
                      <Graphique
                        key={section + sens}
                        titre={`${SECTIONS[section]}, ${SENS[sens].toLowerCase()}`}
                        categories={cs.map((c) => c.chapitre.replace('Opération ', 'op. '))}
                        series={series}
                      />
                    )
                  }),
                )}
              </div>
              <Tableau
                nom="Chapitres du document"
                lignes={d.chapitres}
                cle={(c) => `${c.section}${c.sens}${c.ordre}${c.chapitre}`}
                colonnes={colonnesChapitre}
                vide="Ce document n’a pas de ligne."
                local
              />
            </>
          )}
        </>
      )}
    </Page>
  )
}
