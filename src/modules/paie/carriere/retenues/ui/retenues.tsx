import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  ChampChoix,
  ChampJour,
  ChampMontant,
  ChampNombre,
  ChampTexte,
  Encart,
  Etat,
  Formulaire,
  formatJour,
  formatMontant,
  GroupeChamps,
  signaler,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import { listerDossiers, listerPieces } from '../../../dossier/contract.ts'
import type { Effet } from '../../http/contract.ts'
import { EffetSurLaPaie, Guet, PanneauEffet } from '../../ui/effet.tsx'
import {
  ajouterRetenue,
  DEMANDE,
  estOpposition,
  finirRetenue,
  LIBELLES_RETENUE,
  listerRetenues,
  type RetenueVue,
  simulerFinRetenue,
  simulerRetenue,
  TYPES_RETENUE,
  type TypeRetenue,
} from '../contract.ts'

const montants = (r: RetenueVue): string =>
  [
    r.mensuel && `${formatMontant(r.mensuel)} par mois`,
    r.total && `${formatMontant(r.total)} en tout`,
    r.total && `${formatMontant(r.pris)} retenus`,
    r.reste && `reste ${formatMontant(r.reste)}`,
  ]
    .filter(Boolean)
    .join(', ')

/** What is taken each month from the pay of a post: from which paper, how much, until when. */
export function Retenues({ carriere }: { carriere: string }) {
  const q = useApi(listerRetenues, { params: { carriere } })
  const { open } = usePanneau()
  if (q.error && !q.data) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Lecture des retenues…</p>
  const { retenues, peutModifier } = q.data
  if (retenues.length === 0 && !peutModifier) return null
  return (
    <section className="bq-pile-serree" aria-labelledby={`retenues-${carriere}`}>
      <div className="bq-rangee">
        <h3 id={`retenues-${carriere}`}>Retenues de chaque mois</h3>
        {peutModifier && (
          <Bouton
            variante="discret"
            icone={IconPlus}
            onClick={() => open({ titre: 'Ajouter une retenue', contenu: <Ajouter carriere={carriere} /> })}
          >
            Ajouter
          </Bouton>
        )}
      </div>
      {retenues.length === 0 && <p className="bq-discret">Ni saisie, ni mutuelle, ni prêt.</p>}
      {retenues.map((r) => (
        <article key={r.id} className="paie-question" aria-label={r.libelle}>
          <p className="bq-rangee">
            <strong>{r.libelle}</strong>
            <span className="bq-discret">{LIBELLES_RETENUE[r.type]}</span>
            {r.reste === '0.00' && <Etat etat="fait">Soldée</Etat>}
          </p>
          <p>
            {montants(r)}. Depuis le {formatJour(r.depuis)}
            {r.jusqua && `, jusqu’au ${formatJour(r.jusqua)} exclu`}.
          </p>
          <p className="bq-discret">
            {r.creancier && `${r.creancier} · `}
            {r.source} · {r.saisiePar}
            {r.personnesACharge > 0 && ` · ${r.personnesACharge} à charge`}
          </p>
          {peutModifier && r.jusqua === null && r.reste !== '0.00' && (
            <div>
              <Bouton
                variante="discret"
                onClick={() => open({ titre: `Mettre fin : ${r.libelle}`, contenu: <Finir retenue={r} /> })}
              >
                Mettre fin
              </Bouton>
            </div>
          )}
        </article>
      ))}
    </section>
  )
}

function Ajouter({ carriere }: { carriere: string }) {
  const { close } = usePanneau()
  const [id] = useState(() => newId<'Retenue'>())
  const [type, setType] = useState<TypeRetenue>('saisie')
  const mois = useApi(listerDossiers).data?.dossiers[0]?.mois
  const pieces = useApi(listerPieces, { params: { mois: mois ?? '' } }, { actif: mois !== undefined })
  const [vu, setVu] = useState<{ body: z.output<typeof simulerRetenue.body>; effet: Effet }>()
  const simulation = useAction(simulerRetenue)
  const action = useAction(ajouterRetenue, { invalidates: [listerRetenues] })
  const params = { carriere }
  return (
    <div className="bq-pile">
      <Guet onToucher={() => setVu(undefined)}>
        <Formulaire
          forme={simulerRetenue.body}
          initial={{ id, type }}
          brouillon={`retenue-${carriere}`}
          libelle="Voir l’effet sur la paie"
          touche="v"
          annuler={close}
          onEnvoyer={async (v) => {
            const body = simulerRetenue.body.parse({ ...v, id, pieceId: v.pieceId || null })
            setVu({ body, effet: await simulation.mutateAsync({ params, body }) })
          }}
        >
          <GroupeChamps>
            <ChampChoix
              nom="type"
              libelle="Genre"
              choix={TYPES_RETENUE.map((t) => ({ valeur: t, libelle: LIBELLES_RETENUE[t] }))}
              onValeur={(v) => setType(v as TypeRetenue)}
              effacable={false}
              requis
            />
            <ChampTexte nom="libelle" libelle="Libellé du bulletin" requis />
            <ChampTexte nom="creancier" libelle="Créancier ou organisme" />
            {!(DEMANDE[type].total && !DEMANDE[type].mensuel) && (
              <ChampMontant nom="mensuel" libelle="Chaque mois" requis={DEMANDE[type].mensuel} />
            )}
            <ChampMontant
              nom="total"
              libelle="Somme due en tout"
              aide={DEMANDE[type].total ? undefined : 'Vide : jusqu’à la date de fin'}
              requis={DEMANDE[type].total}
            />
            {estOpposition(type) && (
              <ChampNombre
                nom="personnesACharge"
                libelle="Personnes à charge"
                aide="Elles relèvent la part insaisissable"
              />
            )}
            {(type === 'mutuelle' || type === 'prevoyance') && (
              <ChampMontant nom="partPatronale" libelle="Part de l’employeur" aide="Soumise à la CSG" />
            )}
            <ChampJour nom="depuis" libelle="À partir du" requis />
            <ChampJour nom="jusqua" libelle="Jusqu’au (ce jour exclu)" />
            <ChampChoix
              nom="pieceId"
              libelle="Pièce déposée"
              choix={(pieces.data?.pieces ?? [])
                .filter((p) => p.concerne.some((c) => c.carriereId === carriere))
                .map((p) => ({ valeur: p.id, libelle: `n° ${p.numero}, ${p.libelle}` }))}
            />
            <ChampTexte nom="source" libelle="D’après" aide="Avis, décision ou accord, avec sa date" requis />
          </GroupeChamps>
          {estOpposition(type) && (
            <p className="bq-discret">
              Le bulletin retient ce que la loi permet : la quotité saisissable du mois, le minimum insaisissable
              restant à l’agent. La ligne du bulletin dit par quel barème.
            </p>
          )}
        </Formulaire>
      </Guet>
      <PanneauEffet
        attente="Le bulletin du premier mois ouvert est calculé avec et sans cette retenue ; rien n’est enregistré avant que vous l’ayez lu."
        verbe="Ajouter cette retenue"
        action={action}
        onEnregistrer={
          vu &&
          (async () => {
            await action.mutateAsync({ params, body: vu.body })
            signaler('Retenue ajoutée : les mois ouverts sont à recalculer.')
            close()
          })
        }
      >
        {vu && <EffetSurLaPaie effet={vu.effet} />}
      </PanneauEffet>
    </div>
  )
}

function Finir({ retenue: r }: { retenue: RetenueVue }) {
  const { close } = usePanneau()
  const [vu, setVu] = useState<{ body: z.output<typeof finirRetenue.body>; effet: Effet }>()
  const simulation = useAction(simulerFinRetenue)
  const action = useAction(finirRetenue, { invalidates: [listerRetenues] })
  const params = { retenue: r.id }
  return (
    <div className="bq-pile">
      <Guet onToucher={() => setVu(undefined)}>
        <Formulaire
          forme={finirRetenue.body}
          libelle="Voir l’effet sur la paie"
          touche="v"
          annuler={close}
          onEnvoyer={async (v) => {
            const body = finirRetenue.body.parse(v)
            setVu({ body, effet: await simulation.mutateAsync({ params, body }) })
          }}
        >
          <ChampJour nom="jusqua" libelle="Premier jour sans retenue" requis />
        </Formulaire>
      </Guet>
      <PanneauEffet
        attente="Ce qu’elle a déjà pris reste dans les bulletins."
        verbe="Mettre fin à cette retenue"
        action={action}
        onEnregistrer={
          vu &&
          (async () => {
            await action.mutateAsync({ params, body: vu.body })
            signaler('La retenue s’arrête ce jour-là.')
            close()
          })
        }
      >
        {vu && <EffetSurLaPaie effet={vu.effet} />}
      </PanneauEffet>
    </div>
  )
}
