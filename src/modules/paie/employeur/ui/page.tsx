import '../../ui/paie.css'
import '../../carriere/ui/carriere.css'
import { useState } from 'react'
import { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  ChampCase,
  ChampChoix,
  ChampJour,
  ChampNombre,
  ChampTaux,
  ChampTexte,
  Encart,
  EtatVide,
  Formulaire,
  formatInstant,
  formatJour,
  GroupeChamps,
  Lien,
  Page,
  signaler,
  useAction,
  useApi,
} from '#ui'
import { direFait, Guet, PanneauEffet } from '../../carriere/ui/effet.tsx'
import { lireDossier, listerDossiers, listerPieces } from '../../dossier/contract.ts'
import { type EffetReglage, enregistrerReglage, listerReglages, type Reglage, simulerReglage } from '../contract.ts'

type Saisie = { contenu?: Record<string, unknown> } & Record<string, unknown>
const nombre = (v: unknown) => (typeof v === 'string' && v !== '' ? Number(v) : v)

/** Numbers and empty fields as the contract has them. */
const forme = z.preprocess(
  (v) => {
    const { contenu = {}, ...reste } = v as Saisie
    return {
      ...reste,
      pieceId: reste.pieceId || null,
      contenu: {
        ...contenu,
        effectif: nombre(contenu.effectif),
        jourLimiteDepot: nombre(contenu.jourLimiteDepot),
        cdgObligatoire: contenu.cdgObligatoire || undefined,
        cdgAdditionnelle: contenu.cdgAdditionnelle || undefined,
      },
    }
  },
  enregistrerReglage.body.omit({ id: true }),
)

/** The fields hold texts. */
const enSaisie = (c: Reglage['contenu']) => ({
  ...c,
  effectif: String(c.effectif),
  jourLimiteDepot: String(c.jourLimiteDepot),
})

/** What the pay reads of the employer: each notification entered once, from its month on, its effect read first. */
export default function PageEmployeur() {
  const q = useApi(listerReglages)
  const d = q.data
  return (
    <Page titre="Employeur" sousTitre="Ce que la paie lit de la collectivité : taux notifiés, effectif, choix votés">
      {q.error && !d && (
        <EtatVide titre="Les réglages n’ont pas pu être lus." etat="attention">
          {q.error.message}
        </EtatVide>
      )}
      {d?.peutModifier && <Saisir key={d.reglages[0]?.saisiLe} actuel={d.reglages[0]} />}
      {d && <Histoire reglages={d.reglages} />}
    </Page>
  )
}

function Saisir({ actuel }: { actuel: Reglage | undefined }) {
  const [id] = useState(() => newId<'Acte'>())
  const [vu, setVu] = useState<{ body: z.output<typeof forme>; effet: EffetReglage }>()
  const mois = useApi(listerDossiers).data?.dossiers[0]?.mois
  const pieces = useApi(listerPieces, { params: { mois: mois ?? '' } }, { actif: mois !== undefined })
  const simulation = useAction(simulerReglage)
  const enregistrement = useAction(enregistrerReglage, { invalidates: [listerReglages, lireDossier, listerDossiers] })
  return (
    <div className="carriere-deux">
      <Guet onToucher={() => setVu(undefined)}>
        <Formulaire
          forme={forme}
          initial={{ contenu: actuel ? enSaisie(actuel.contenu) : {} } as never}
          libelle="Voir l’effet sur la paie"
          touche="v"
          brouillon="employeur"
          onEnvoyer={async (v) => {
            const body = forme.parse(v)
            const { depuis, contenu } = body
            setVu({ body, effet: await simulation.mutateAsync({ body: { depuis, contenu } }) })
          }}
        >
          <GroupeChamps titre="À partir de quand, et d’après quoi" colonnes={2}>
            <ChampJour nom="depuis" libelle="À partir du" aide="Le 1er d’un mois" requis />
            <ChampTexte
              nom="source"
              libelle="Notification ou délibération"
              aide="Par exemple : notification CARSAT du 12/01/2026"
              requis
            />
            <ChampChoix
              nom="pieceId"
              libelle="Pièce déposée"
              choix={(pieces.data?.pieces ?? []).map((p) => ({
                valeur: p.id,
                libelle: `n° ${p.numero}, ${p.libelle}`,
              }))}
            />
          </GroupeChamps>
          <GroupeChamps titre="Taux et effectif" colonnes={2}>
            <ChampNombre
              nom="contenu.effectif"
              libelle="Effectif, en agents"
              aide="Il fixe les seuils (FNAL, mobilité)"
              requis
            />
            <ChampTaux nom="contenu.tauxAt" libelle="Accidents du travail" decimales={4} requis />
            <ChampTaux nom="contenu.tauxVersementMobilite" libelle="Versement mobilité" decimales={4} requis />
          </GroupeChamps>
          <GroupeChamps titre="Centre de gestion" colonnes={2}>
            <ChampCase nom="contenu.estAffilieCdg" libelle="Affilié au centre de gestion" />
            <ChampTaux nom="contenu.cdgObligatoire" libelle="Cotisation obligatoire" decimales={4} />
            <ChampTaux nom="contenu.cdgAdditionnelle" libelle="Cotisation additionnelle" decimales={4} />
          </GroupeChamps>
          <GroupeChamps titre="Choix de la collectivité" colonnes={2}>
            <ChampCase nom="contenu.ifseSuitTraitement" libelle="En maladie, l’IFSE suit le traitement" />
            <ChampCase nom="contenu.adhesionChomage" libelle="Adhésion à l’assurance chômage pour les contractuels" />
            <ChampNombre nom="contenu.jourLimiteDepot" libelle="Dernier jour de dépôt" aide="Jour du mois" requis />
          </GroupeChamps>
        </Formulaire>
      </Guet>
      <PanneauEffet
        attente="La paie de tous les agents est calculée avec et sans ce réglage ; rien n’est enregistré avant que vous l’ayez lu."
        verbe="Enregistrer ce réglage"
        action={enregistrement}
        onEnregistrer={
          vu &&
          (async () => {
            signaler(direFait(await enregistrement.mutateAsync({ body: { ...vu.body, id } })))
          })
        }
      >
        {vu?.effet.phrases.map((p) => (
          <p key={p}>{p}</p>
        ))}
      </PanneauEffet>
    </div>
  )
}

function Histoire({ reglages }: { reglages: readonly Reglage[] }) {
  return (
    <section className="bq-pile" aria-labelledby="employeur-histoire">
      <h2 id="employeur-histoire">Réglages connus</h2>
      {reglages.length === 0 && <Encart etat="attention">Aucun réglage : la paie ne peut pas être calculée.</Encart>}
      {reglages.map((r, i) => {
        const avant = new Map(reglages[i + 1]?.champs.map((c) => [c.libelle, c.valeur]))
        const change = (c: Reglage['champs'][number]) => avant.size > 0 && avant.get(c.libelle) !== c.valeur
        return (
          <article key={r.depuis} className="paie-question" aria-label={`Depuis le ${formatJour(r.depuis)}`}>
            <h3>Depuis le {formatJour(r.depuis)}</h3>
            <p className="bq-discret">
              {r.source ?? 'Repris avec le dossier'}
              {r.saisiPar && r.saisiLe && `, saisi par ${r.saisiPar} le ${formatInstant(r.saisiLe)}`}
              {r.piece && (
                <>
                  {' · '}
                  <Lien vers={`/paie/gestion/${r.piece.mois}?onglet=pieces&piece=${r.piece.id}`}>
                    pièce n° {r.piece.numero}
                  </Lien>
                </>
              )}
            </p>
            <dl className="paie-fiche">
              {r.champs.map((c) => (
                <div key={c.libelle}>
                  <dt>{c.libelle}</dt>
                  <dd>{change(c) ? <strong>{c.valeur}</strong> : c.valeur}</dd>
                </div>
              ))}
            </dl>
          </article>
        )
      })}
    </section>
  )
}
