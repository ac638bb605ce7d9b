import '../../../ui/paie.css'
import './controles.css'
import { IconAdjustments, IconEye, IconSignature, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import {
  Bouton,
  ChampTexteLong,
  Confirmation,
  compter,
  deMois,
  Encart,
  Etat,
  EtatVide,
  formatInstant,
  Lien,
  Page,
  signaler,
  useAction,
  useApi,
  usePanneau,
  useParametres,
} from '#ui'
import { lireDossier, listerJournal } from '../../../dossier/contract.ts'
import { donnerDoubleRegard, type ListeDeControle, lireControles, signerControles } from '../../controles/contract.ts'
import { Ecarts } from './ecarts.tsx'
import { Proches } from './proches.tsx'
import { Seuils } from './seuils.tsx'

type Ligne = ListeDeControle['lignes'][number]

/** What the officer looks at between the run and the visa, and signs. */
export default function PageControles() {
  const { mois } = useParametres<{ mois: string }>()
  const { open, close } = usePanneau()
  const [confirme, setConfirme] = useState(false)
  const [remarques, setRemarques] = useState<Record<string, string>>({})
  const q = useApi(lireControles, { params: { mois } }, { garder: false })
  const signature = useAction(signerControles, { invalidates: [lireControles, lireDossier, listerJournal] })
  const l = q.data
  const fil = [{ libelle: `Paie ${deMois(mois)}`, vers: `/paie/gestion/${mois}` }]
  const titre = 'Contrôle de la paie'
  if (!l)
    return (
      <Page titre={titre} fil={fil} sousTitre={deMois(mois)}>
        {q.error ? (
          <EtatVide titre="La liste n’a pas pu être lue." etat="attention">
            {q.error.message}
          </EtatVide>
        ) : (
          <p className="bq-discret">Lecture des contrôles…</p>
        )}
      </Page>
    )
  const constats = l.lignes.reduce((n, x) => n + x.constats.length, 0)
  return (
    <Page
      titre={`${titre} ${deMois(mois)}`}
      fil={fil}
      sousTitre={<Signature liste={l} />}
      actions={
        <>
          <Bouton
            touche="d"
            icone={IconUsers}
            onClick={() => open({ titre: 'Mes proches dans cette collectivité', contenu: <Proches mois={mois} /> })}
          >
            Mes proches
          </Bouton>
          <Bouton
            touche="u"
            icone={IconAdjustments}
            onClick={() => open({ titre: 'Seuils de contrôle', contenu: <Seuils fermer={close} /> })}
          >
            Seuils
          </Bouton>
        </>
      }
      action={
        l.peutSigner && (
          <Bouton variante="principal" touche="s" icone={IconSignature} onClick={() => setConfirme(true)}>
            Signer la liste
          </Bouton>
        )
      }
    >
      {l.empreinte === null && <EtatVide titre="Le mois n’est pas encore calculé." />}
      <DoublesRegards mois={mois} liste={l} />
      {l.empreinte !== null && (
        <section className="bq-pile-serree" aria-labelledby="liste-titre">
          <h2 id="liste-titre">Liste de contrôle</h2>
          <ul className="paie-controles">
            {l.lignes.map((x) => (
              <Controle
                key={x.code}
                ligne={x}
                mois={mois}
                remarque={l.peutSigner ? (remarques[x.code] ?? '') : undefined}
                onRemarque={(r) => setRemarques({ ...remarques, [x.code]: r })}
              />
            ))}
          </ul>
        </section>
      )}
      {l.empreinte !== null && (
        <Ecarts
          mois={mois}
          titre="Écarts avec le mois dernier"
          nommer={(a) => <Lien vers={`/paie/gestion/${mois}/agents/${a.carriereId}?vue=comparaison`}>{a.nom}</Lien>}
        />
      )}
      <Confirmation
        ouverte={confirme}
        titre="Signer la liste de contrôle"
        verbe="Signer"
        onFermer={() => setConfirme(false)}
        onConfirmer={async () => {
          await signature.mutateAsync({ params: { mois }, body: { empreinte: l.empreinte ?? '', remarques } })
          signaler('La liste est signée : la paie peut partir à l’approbation.')
        }}
      >
        <p>
          Vous attestez avoir relu {constats === 0 ? 'la liste, qui n’a aucun constat' : compter(constats, 'constat')}{' '}
          pour la paie {deMois(mois)}. Votre signature vaut pour ces bulletins-là : un nouveau calcul qui les change en
          demande une autre.
        </p>
      </Confirmation>
    </Page>
  )
}

function Signature({ liste: l }: { liste: ListeDeControle }) {
  if (l.signature)
    return (
      <span className="bq-rangee">
        <Etat etat="fait">Liste signée</Etat>
        <span>
          Le {formatInstant(l.signature.le)} par {l.signature.par}.
        </span>
      </span>
    )
  return l.empreinte === null ? null : <Etat etat="aFaire">Liste à signer</Etat>
}

function Controle({
  ligne: x,
  mois,
  remarque,
  onRemarque,
}: {
  ligne: Ligne
  mois: string
  /** `undefined`: the list is signed, or not to be signed here. */
  remarque: string | undefined
  onRemarque: (texte: string) => void
}) {
  return (
    <li>
      <div className="paie-controle-tete">
        <strong>{x.titre}</strong>
        {x.constats.length === 0 ? (
          <Etat etat="fait">Rien à signaler</Etat>
        ) : (
          <Etat etat="attention">{compter(x.constats.length, 'constat')}</Etat>
        )}
      </div>
      {x.constats.length > 0 && (
        <ul className="paie-phrases">
          {x.constats.map((c) => (
            <li key={`${c.carriereId}-${c.message}`}>
              {c.carriereId && (
                <>
                  <Lien vers={`/paie/gestion/${mois}/agents/${c.carriereId}`}>{c.nom}</Lien> :{' '}
                </>
              )}
              {c.message}
            </li>
          ))}
        </ul>
      )}
      {x.constats.length > 0 && remarque !== undefined && (
        <div className="paie-controle-remarque">
          <ChampTexteLong
            libelle={`Votre remarque : ${x.titre.toLowerCase()}`}
            lignes={1}
            valeur={remarque}
            onValeur={(v) => onRemarque(v ?? '')}
          />
        </div>
      )}
      {remarque === undefined && x.remarque !== '' && <p className="bq-discret">« {x.remarque} »</p>}
    </li>
  )
}

/** Payslips of an officer or of a relative: the second look is given here, by another one. */
function DoublesRegards({ mois, liste }: { mois: string; liste: ListeDeControle }) {
  const regard = useAction(donnerDoubleRegard, { invalidates: [lireControles, listerJournal] })
  if (liste.doublesRegards.length === 0) return null
  return (
    <section className="bq-pile-serree" aria-labelledby="regards-titre">
      <h2 id="regards-titre">Second regard</h2>
      <p className="bq-discret">Personne ne prépare seul son bulletin, ni celui d’un proche.</p>
      {liste.doublesRegards.map((d) => (
        <Encart
          key={`${d.carriereId}-${d.officier}`}
          etat={d.fait ? 'fait' : d.peut ? 'aFaire' : 'attention'}
          titre={`Bulletin de ${d.nom}`}
        >
          <p>{d.raison}</p>
          {d.fait ? (
            <p>
              Relu par {d.fait.par} le {formatInstant(d.fait.le)}.
            </p>
          ) : d.peut ? (
            <span className="bq-rangee">
              <Lien vers={`/paie/gestion/${mois}/agents/${d.carriereId}`}>Lire le bulletin</Lien>
              <Bouton
                icone={IconEye}
                enCours={regard.isPending}
                onClick={() =>
                  regard.mutate({ params: { mois, carriere: d.carriereId as never }, body: { empreinte: d.empreinte } })
                }
              >
                J’ai relu ce bulletin
              </Bouton>
            </span>
          ) : (
            <p>Un autre gestionnaire ou un superviseur doit le relire ici avant l’envoi à l’approbation.</p>
          )}
        </Encart>
      ))}
    </section>
  )
}
