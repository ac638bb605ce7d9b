import { BoutonLien, compter, Encart, formatMois, formatMontant, Graphique, Lien, Page, useApi } from '#ui'
import { lireTableau } from '../http/tableau/contract.ts'
import { type Cadre, Chiffres, SansCadre, useCadre } from './commun.tsx'

const euros = (v: number) => formatMontant(v.toFixed(2)).replace(/,\d\d/, '')
const MOIS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']
const COURTS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.']

/** Where the money stands: what waits, what is left of the credits, what will leave and come. */
export default function TableauDeBord() {
  const { cadre, choix, erreur } = useCadre()
  return (
    <Page
      titre="Tableau de bord"
      actions={choix}
      action={
        <BoutonLien variante="principal" touche="m" vers="/finances/mandater">
          Mandater
        </BoutonLien>
      }
    >
      {cadre ? <Contenu cadre={cadre} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Contenu({ cadre }: { cadre: Cadre }) {
  const lu = useApi(lireTableau, { query: { budget: cadre.budget as never, annee: cadre.annee as never } })
  const t = lu.data
  if (!t) return lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>
  const a = t.alertes
  const de = (section: 'F' | 'I', sens: 'D' | 'R') => t.sections.find((s) => s.section === section && s.sens === sens)
  const taux = (s: ReturnType<typeof de>) =>
    s && Number(s.vote) > 0 ? `${Math.round(((Number(s.mandate) + Number(s.engage)) / Number(s.vote)) * 100)} %` : '–'
  const depenses = t.chapitres.filter(
    (c) => c.sens === 'D' && Number(c.vote) + Number(c.mandate) + Number(c.engage) > 0,
  )
  const serie = (rows: typeof t.mois, champ: 'depenses' | 'recettes', annee: number) =>
    MOIS.map((m) => Number(rows.find((r) => r.mois === `${annee}-${m}`)?.[champ] ?? 0))
  return (
    <div className="bq-pile">
      {a.rejets > 0 && (
        <Encart etat="bloquant" titre={`${compter(a.rejets, 'pièce rejetée', 'pièces rejetées')} par le comptable`}>
          <Lien vers="/finances/mandats?f.etat=rejetee">Voir les rejets et les reprendre</Lien>
        </Encart>
      )}
      {a.facturesEnRetard > 0 && (
        <Encart
          etat="attention"
          titre={`${compter(a.facturesEnRetard, 'facture')} à envoyer au comptable sans attendre`}
        >
          <Lien vers="/finances/factures">Voir les factures</Lien>
        </Encart>
      )}
      <Chiffres
        liste={[
          { libelle: 'Fonctionnement engagé ou mandaté', valeur: taux(de('F', 'D')) },
          { libelle: 'Investissement engagé ou mandaté', valeur: taux(de('I', 'D')) },
          { libelle: 'Factures en attente', valeur: a.facturesARegler },
          { libelle: 'Bordereaux à signer', valeur: a.aViser },
          { libelle: 'Reste à recouvrer', valeur: formatMontant(a.restesARecouvrer) },
        ]}
      />
      <div className="fin-graphiques">
        <Graphique
          titre="Crédits de dépense par chapitre"
          categories={depenses.map((c) => c.chapitre)}
          series={[
            { nom: 'Mandaté', valeurs: depenses.map((c) => Number(c.mandate)) },
            { nom: 'Engagé', valeurs: depenses.map((c) => Number(c.engage)) },
            {
              nom: 'Disponible',
              valeurs: depenses.map((c) => Math.max(0, Number(c.vote) - Number(c.mandate) - Number(c.engage))),
            },
          ]}
          genre="empile"
          format={euros}
        />
        <Graphique
          titre="Trésorerie prévue : ce qui sortira et ce qui entrera"
          categories={t.prevision.map((p) => formatMois(p.mois))}
          series={[
            { nom: 'Sorties', valeurs: t.prevision.map((p) => Number(p.sorties)) },
            { nom: 'Entrées', valeurs: t.prevision.map((p) => Number(p.entrees)) },
          ]}
          format={euros}
        />
        <Graphique
          titre="Dépenses mandatées par mois"
          categories={COURTS}
          series={[
            { nom: String(cadre.annee), valeurs: serie(t.mois, 'depenses', cadre.annee) },
            { nom: String(cadre.annee - 1), valeurs: serie(t.precedent, 'depenses', cadre.annee - 1) },
          ]}
          format={euros}
        />
        <Graphique
          titre="Recettes titrées par mois"
          categories={COURTS}
          series={[
            { nom: String(cadre.annee), valeurs: serie(t.mois, 'recettes', cadre.annee) },
            { nom: String(cadre.annee - 1), valeurs: serie(t.precedent, 'recettes', cadre.annee - 1) },
          ]}
          format={euros}
        />
      </div>
    </div>
  )
}
