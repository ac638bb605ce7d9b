import { IconArrowBackUp, IconCheck, IconPlus, IconRefresh, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import {
  alerter,
  Bouton,
  ChampChoix,
  ChampJour,
  ChampTexte,
  deMois,
  Encart,
  Etat,
  EtatVide,
  Formulaire,
  formatInstant,
  formatJour,
  formatMois,
  Lien,
  type NomEtat,
  signaler,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import { listerCarrieres } from '../../../carriere/http/contract.ts'
import {
  deciderRappel,
  LIBELLES_ETAT_RAPPEL,
  LIBELLES_ORIGINE_RAPPEL,
  listerRappels,
  ouvrirRappel,
  type RappelVu,
} from '../../rappels/contract.ts'
import { LECTURES_DU_MOIS } from './actes.tsx'

const ETATS: Record<RappelVu['etat'], NomEtat> = {
  aTraiter: 'aFaire',
  saisi: 'fait',
  recalcul: 'fait',
  dansLeMois: 'fait',
  sansSuite: 'enAttente',
}

/** What the past owes to this month: late papers and corrected careers, each with its decision. */
export function OngletRappels({ mois, modifiable }: { mois: string; modifiable: boolean }) {
  const q = useApi(listerRappels, { params: { mois } })
  const { open } = usePanneau()
  if (q.error && !q.data) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Lecture des rappels…</p>
  return (
    <div className="bq-pile">
      {modifiable && (
        <div>
          <Bouton
            icone={IconPlus}
            onClick={() => open({ titre: 'Ouvrir un rappel', contenu: <OuvrirRappel mois={mois} /> })}
          >
            Ouvrir un rappel
          </Bouton>
        </div>
      )}
      {q.data.rappels.length === 0 && (
        <EtatVide titre="Aucun rappel à régler ce mois-ci.">
          Une pièce déposée après la date limite, ou une carrière corrigée après la paie, arrive ici d’elle-même.
        </EtatVide>
      )}
      {q.data.rappels.map((r) => (
        <Rappel key={r.id} rappel={r} mois={mois} modifiable={modifiable} />
      ))}
    </div>
  )
}

/** A past month to settle for an agent, when no paper opened it by itself. */
function OuvrirRappel({ mois }: { mois: string }) {
  const { close } = usePanneau()
  // those who left may have something to receive
  const agents = useApi(listerCarrieres)
  const action = useAction(ouvrirRappel, { invalidates: [listerRappels, ...LECTURES_DU_MOIS] })
  return (
    <Formulaire
      forme={ouvrirRappel.body}
      libelle="Ouvrir le rappel"
      annuler={close}
      brouillon={`rappel-${mois}`}
      onEnvoyer={async (body) => {
        await action.mutateAsync({ params: { mois }, body })
        signaler('Le rappel est ouvert.')
        close()
      }}
    >
      <ChampChoix
        nom="carriereId"
        libelle="Agent"
        requis
        choix={(agents.data?.agents ?? []).map((a) => ({
          valeur: a.carriereId,
          libelle: `${a.nom} ${a.prenom}, ${a.emploi.toLowerCase()}${a.sortie && a.sortie <= `${mois}-01` ? `, parti le ${formatJour(a.sortie)}` : ''}`,
        }))}
      />
      <ChampJour nom="effet" libelle="Depuis le" requis />
      <ChampTexte nom="libelle" libelle="Ce qui est à régler" aide="Par exemple : avancement au 1er octobre" requis />
    </Formulaire>
  )
}

function Rappel({ rappel: r, mois, modifiable }: { rappel: RappelVu; mois: string; modifiable: boolean }) {
  const [classe, setClasse] = useState(false)
  const action = useAction(deciderRappel, { invalidates: [listerRappels, ...LECTURES_DU_MOIS] })
  const decider = (acte: RappelVu['actes'][number], fait: string) =>
    action.mutate(
      { params: { rappel: r.id }, body: { acte } },
      { onSuccess: () => signaler(fait), onError: (e) => alerter('Le rappel n’a pas changé', e.message) },
    )
  const effet = r.effet.slice(0, 7)
  return (
    <article className="paie-question" aria-label={r.libelle}>
      <header className="bq-rangee">
        <h2>{r.libelle}</h2>
        <Etat etat={ETATS[r.etat]}>{LIBELLES_ETAT_RAPPEL[r.etat]}</Etat>
      </header>
      <p>
        Effet au {formatJour(r.effet)}. {LIBELLES_ORIGINE_RAPPEL[r.origine]}, {formatInstant(r.ouvertLe)} ({r.ouvertPar}
        ).
        {r.traitePar && r.traiteLe && (
          <>
            {' '}
            Décidé par {r.traitePar}, {formatInstant(r.traiteLe)}.
          </>
        )}
        {r.note && <> « {r.note} »</>}
      </p>
      {r.concerne.length > 0 && (
        <p className="bq-rangee">
          {r.concerne.map((c) => (
            <Lien
              key={c.carriereId}
              vers={`/paie/gestion/${mois}/agents/${c.carriereId}?vue=pieces${r.pieceId ? `&piece=${r.pieceId}` : ''}${effet < mois ? `&effet=${effet}` : ''}`}
            >
              Saisir pour {c.nom}, au titre {deMois(effet)}
            </Lien>
          ))}
        </p>
      )}
      {r.concerne.some((c) => c.estParti) && (
        <p className="bq-discret">
          {r.concerne
            .filter((c) => c.estParti)
            .map((c) => c.nom)
            .join(', ')}{' '}
          : parti avant {formatMois(mois)} ; un bulletin de ce mois portera ce rappel seul.
        </p>
      )}
      {modifiable && (
        <div className="bq-rangee">
          {r.actes.includes('recalculer') && r.concerne.length > 0 && effet < mois && (
            <Bouton
              icone={IconRefresh}
              onClick={() =>
                decider(
                  'recalculer',
                  `Les mois depuis ${formatMois(effet)} seront recalculés avec la paie ${deMois(mois)}.`,
                )
              }
            >
              Recalculer depuis {formatMois(effet)}
            </Bouton>
          )}
          {r.actes.includes('saisir') && (
            <Bouton icone={IconCheck} onClick={() => decider('saisir', 'Rappel réglé.')}>
              C’est saisi
            </Bouton>
          )}
          {r.actes.includes('classer') && (
            <Bouton variante="discret" icone={IconX} aria-expanded={classe} onClick={() => setClasse(true)}>
              Sans suite
            </Bouton>
          )}
          {r.actes.includes('reprendre') && (
            <Bouton
              variante="discret"
              icone={IconArrowBackUp}
              onClick={() => decider('reprendre', 'Le rappel est remis à traiter.')}
            >
              Remettre à traiter
            </Bouton>
          )}
        </div>
      )}
      {classe && r.actes.includes('classer') && (
        <Formulaire
          forme={deciderRappel.body}
          initial={{ acte: 'classer' }}
          libelle="Classer sans suite"
          annuler={() => setClasse(false)}
          onEnvoyer={async (v) => {
            await action.mutateAsync({ params: { rappel: r.id }, body: { ...v, acte: 'classer' } })
            setClasse(false)
          }}
        >
          <ChampTexte nom="note" libelle="Pourquoi ?" requis />
        </Formulaire>
      )}
    </article>
  )
}
