import '../../ui/paie.css'
import './carriere.css'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  aujourdhuiAParis,
  Bouton,
  BoutonLien,
  ChampIban,
  ChampJour,
  ChampNir,
  ChampOptions,
  ChampTexte,
  Chronologie,
  Confirmation,
  Encart,
  Etat,
  EtatVide,
  Formulaire,
  formatJour,
  formatJourLong,
  GroupeChamps,
  hasDroit,
  Lien,
  Page,
  signaler,
  useAction,
  useApi,
  useOrganisme,
  usePanneau,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import { lireNir } from '../../dossier/ui/commun/libelles.ts'
import { DOCUMENTS_FIN, lireDocumentFin } from '../fin/contract.ts'
import {
  annulerActe,
  type FicheCarriere,
  lireFiche,
  listerCarrieres,
  listerComptes,
  modifierIdentite,
  proposerCompte,
} from '../http/contract.ts'
import { Retenues } from '../retenues/ui/retenues.tsx'
import { UnCompte } from './comptes.tsx'
import { direFait } from './effet.tsx'

type Carriere = FicheCarriere['carrieres'][number]

/** Everything about one agent: posts and situations in time, who he is, where his pay goes, and what was done. */
export default function Fiche() {
  const { agent } = useParametres<{ agent: string }>()
  const [r, setR] = useRecherche()
  const q = useApi(lireFiche, { params: { agent } })
  const f = q.data
  const choisie = f?.carrieres.find((c) => c.id === r.emploi) ?? f?.carrieres[0]
  const vers = choisie && `/agents/${agent}/emplois/${choisie.id}`
  if (q.error && !f)
    return (
      <Page titre="Agent" fil={[{ libelle: 'Agents', vers: '/agents' }]}>
        <EtatVide titre="Cet agent n’a pas pu être ouvert." etat="attention">
          {q.error.message}
        </EtatVide>
      </Page>
    )
  return (
    <Page
      titre={f ? `${f.nom} ${f.prenom}` : 'Agent'}
      sousTitre={f && `Matricule ${f.matricule}`}
      fil={[{ libelle: 'Agents', vers: '/agents' }]}
      {...(f?.peutModifier && choisie
        ? {
            actions: choisie.sortie === null && (
              <>
                <BoutonLien vers={`${vers}/position`}>Changer de position</BoutonLien>
                <BoutonLien vers={`${vers}/sortie`}>Fin de l’emploi</BoutonLien>
              </>
            ),
            action: (
              <BoutonLien variante="principal" touche="c" icone={IconPencil} vers={`${vers}/situation`}>
                Changer la situation
              </BoutonLien>
            ),
          }
        : {})}
    >
      {f && choisie && (
        <div className="carriere-deux">
          <div className="bq-pile">
            {f.carrieres.length > 1 && (
              <nav className="bq-rangee" aria-label="Emplois">
                {f.carrieres.map((c) => (
                  <Bouton key={c.id} aria-pressed={c === choisie} onClick={() => setR({ emploi: c.id })}>
                    {c.emploi}, {formatJour(c.entree)}
                  </Bouton>
                ))}
              </nav>
            )}
            <Emploi carriere={choisie} modifier={f.peutModifier ? `${vers}/situation` : undefined} />
          </div>
          <aside className="bq-pile">
            <Identite fiche={f} />
            <CompteBancaire fiche={f} />
            <Histoire fiche={f} />
          </aside>
        </div>
      )}
    </Page>
  )
}

/** The post on a line of time: the situation of the day whole, the others folded. */
function Emploi({ carriere: c, modifier }: { carriere: Carriere; modifier: string | undefined }) {
  const jour = aujourdhuiAParis()
  const organisme = useOrganisme()
  const vue = useSession()
  const courante = c.situations.findLast((s) => s.depuis <= jour) ?? c.situations[0]
  return (
    <section className="bq-pile-serree" aria-labelledby="emploi-titre">
      <h2 id="emploi-titre">{c.emploi}</h2>
      <p>
        Depuis le {formatJourLong(c.entree)}
        {c.sortie && (
          <>
            , jusqu’au {formatJour(c.sortie)} exclu <Etat etat="enAttente">{c.motifSortie ?? 'Sortie'}</Etat>
          </>
        )}
      </p>
      {c.positions.length > 0 && (
        <ul className="carriere-phrases" aria-label="Positions">
          {c.positions.map((p) => (
            <li key={p.depuis}>
              {p.libelle}
              {p.accueil && ` (${p.accueil})`}, du {formatJour(p.depuis)}
              {p.jusqua ? ` au ${formatJour(p.jusqua)} exclu` : ', sans retour prévu'}{' '}
              {p.depuis <= jour && (p.jusqua === null || p.jusqua > jour) && (
                <Etat etat="enAttente">{p.estPaye ? 'En cours' : 'En cours, sans paie'}</Etat>
              )}{' '}
              <span className="bq-discret">{p.motif}</span>
            </li>
          ))}
        </ul>
      )}
      {c.documents.length > 0 && (
        <p>
          Documents de fin :{' '}
          {c.documents.map((d, i) => (
            <span key={d}>
              {i > 0 && ', '}
              <a
                className="bq-lien"
                target="_blank"
                rel="noreferrer"
                href={adresse(lireDocumentFin, {
                  params: { carriere: c.id, papier: d },
                  query: { organisme: organisme.id },
                })}
              >
                {DOCUMENTS_FIN[d]}
                <span className="bq-lu"> (PDF, autre onglet)</span>
              </a>
            </span>
          ))}
          . Les données de l’attestation pour France Travail relèvent de la DSN.
        </p>
      )}
      <ol className="carriere-frise" aria-label="Situations, la plus récente d’abord">
        {c.situations.toReversed().map((s) => (
          <li key={s.depuis} aria-current={s === courante || undefined}>
            <div className="bq-pile-serree">
              <strong>Du {formatJour(s.depuis)}</strong>
              <span className="bq-discret">{s.jusqua ? `au ${formatJour(s.jusqua)} exclu` : 'sans fin connue'}</span>
              {s.depuis > jour && <Etat etat="enAttente">À venir</Etat>}
              {modifier && <Lien vers={`${modifier}?depuis=${s.depuis}`}>Corriger</Lien>}
            </div>
            <div className="bq-pile-serree">
              <span>{s.motif || 'Sans motif écrit'}</span>
              {s === courante ? (
                <Champs champs={s.champs} />
              ) : (
                <details>
                  <summary>{s.resume}</summary>
                  <Champs champs={s.champs} />
                </details>
              )}
            </div>
          </li>
        ))}
      </ol>
      {hasDroit(vue, 'bulletins.lire') && <Retenues carriere={c.id} />}
    </section>
  )
}

const Champs = ({ champs }: { champs: readonly { libelle: string; valeur: string }[] }) => (
  <dl className="paie-fiche">
    {champs.map((c) => (
      <Ligne key={c.libelle} libelle={c.libelle}>
        {c.valeur}
      </Ligne>
    ))}
  </dl>
)
const Ligne = ({ libelle, children }: { libelle: string; children: ReactNode }) => (
  <div>
    <dt>{libelle}</dt>
    <dd>{children}</dd>
  </div>
)

function Identite({ fiche: f }: { fiche: FicheCarriere }) {
  const { open } = usePanneau()
  return (
    <section className="bq-pile-serree" aria-labelledby="identite-titre">
      <div className="bq-rangee">
        <h2 id="identite-titre">Identité</h2>
        {f.peutModifier && (
          <Bouton
            variante="discret"
            icone={IconPencil}
            onClick={() => open({ titre: 'Corriger l’identité', contenu: <CorrigerIdentite fiche={f} /> })}
          >
            Corriger
          </Bouton>
        )}
      </div>
      <dl className="paie-fiche">
        {f.nomNaissance && f.nomNaissance !== f.nom && <Ligne libelle="Nom de naissance">{f.nomNaissance}</Ligne>}
        <Ligne libelle="Naissance">{formatJour(f.naissance)}</Ligne>
        <Ligne libelle="N° de sécurité sociale">
          <span className="bq-chiffres">{lireNir(f.nir)}</span>
        </Ligne>
        <Ligne libelle="Adresse">
          {[f.adresse, `${f.codePostal} ${f.ville}`.trim()].filter(Boolean).join(', ') || '—'}
        </Ligne>
        <Ligne libelle="Courriel">{f.courriel || '—'}</Ligne>
      </dl>
    </section>
  )
}

function CorrigerIdentite({ fiche: f }: { fiche: FicheCarriere }) {
  const { close } = usePanneau()
  const [id] = useState(() => newId<'Acte'>())
  const action = useAction(modifierIdentite, { invalidates: [lireFiche, listerCarrieres] })
  const { nom, prenom, nomNaissance, sexe, naissance, nir, adresse, codePostal, ville, courriel } = f
  return (
    <Formulaire
      forme={modifierIdentite.body.omit({ id: true })}
      initial={{ nom, prenom, nomNaissance, sexe, naissance, nir, adresse, codePostal, ville, courriel }}
      annuler={close}
      onEnvoyer={async (v) => {
        await action.mutateAsync({ params: { agent: f.agentId }, body: { ...v, id } })
        signaler('Identité corrigée ; l’ancienne reste dans l’histoire.')
        close()
      }}
    >
      <GroupeChamps>
        <ChampTexte nom="nom" libelle="Nom d’usage" requis />
        <ChampTexte nom="prenom" libelle="Prénom" requis />
        <ChampTexte nom="nomNaissance" libelle="Nom de naissance" />
        <ChampOptions
          nom="sexe"
          libelle="Sexe"
          choix={[
            { valeur: 'F', libelle: 'Féminin' },
            { valeur: 'M', libelle: 'Masculin' },
          ]}
        />
        <ChampJour nom="naissance" libelle="Naissance" passe requis />
        <ChampNir nom="nir" libelle="Numéro de sécurité sociale" requis />
        <ChampTexte nom="adresse" libelle="Adresse" />
        <ChampTexte nom="codePostal" libelle="Code postal" />
        <ChampTexte nom="ville" libelle="Ville" />
        <ChampTexte nom="courriel" libelle="Courriel" />
        <ChampTexte nom="motif" libelle="D’après quoi" aide="Pièce d’identité, livret de famille, déclaration…" />
      </GroupeChamps>
    </Formulaire>
  )
}

function CompteBancaire({ fiche: f }: { fiche: FicheCarriere }) {
  const { open } = usePanneau()
  const attente = f.comptes.find((c) => c.etat === 'propose')
  return (
    <section className="bq-pile-serree" aria-labelledby="compte-titre">
      <div className="bq-rangee">
        <h2 id="compte-titre">Compte bancaire</h2>
        {f.peutModifier && !attente && (
          <Bouton
            variante="discret"
            icone={IconPlus}
            onClick={() => open({ titre: 'Proposer un compte', contenu: <ProposerCompte fiche={f} /> })}
          >
            Proposer un autre compte
          </Bouton>
        )}
      </div>
      {f.iban ? (
        <p className="bq-chiffres">
          {f.iban} {f.bic}
        </p>
      ) : (
        <Encart etat="attention">Aucun compte confirmé : le virement ne partira pas.</Encart>
      )}
      {attente && (
        <>
          <div>
            <Etat etat="enAttente">Un nouveau compte attend d’être confirmé</Etat>
          </div>
          <UnCompte compte={attente} />
        </>
      )}
    </section>
  )
}

function ProposerCompte({ fiche: f }: { fiche: FicheCarriere }) {
  const { close } = usePanneau()
  const [id] = useState(() => newId<'Compte'>())
  const action = useAction(proposerCompte, { invalidates: [lireFiche, listerComptes, listerCarrieres] })
  return (
    <Formulaire
      forme={proposerCompte.body.omit({ id: true })}
      initial={{ titulaire: `${f.prenom} ${f.nom}` }}
      libelle="Proposer ce compte"
      annuler={close}
      onEnvoyer={async (v) => {
        await action.mutateAsync({ params: { agent: f.agentId }, body: { ...v, id } })
        signaler('Compte proposé. Il servira quand une autre personne l’aura confirmé.')
        close()
      }}
    >
      <GroupeChamps>
        <ChampIban nom="iban" libelle="IBAN" requis />
        <ChampTexte nom="bic" libelle="BIC" largeur="12rem" />
        <ChampTexte nom="titulaire" libelle="Titulaire écrit sur le RIB" requis />
      </GroupeChamps>
    </Formulaire>
  )
}

function Histoire({ fiche: f }: { fiche: FicheCarriere }) {
  const [acte, setActe] = useState<FicheCarriere['histoire'][number]>()
  const action = useAction(annulerActe, { invalidates: [lireFiche, listerCarrieres] })
  return (
    <section className="bq-pile-serree" aria-labelledby="histoire-titre">
      <h2 id="histoire-titre">Histoire</h2>
      <Chronologie
        faits={f.histoire.map((h) => ({
          id: h.id,
          instant: h.le,
          qui: h.par,
          quoi: (
            <span className="bq-pile-serree">
              <span>
                {h.resume}
                {h.annulePar && <span className="bq-discret"> (annulé par {h.annulePar})</span>}
              </span>
              <span className="bq-discret bq-petit">
                Effet le {formatJour(h.effet)}
                {h.motif && ` · ${h.motif}`}
              </span>
              {h.annulable && (
                <span>
                  <button type="button" className="bq-lien" onClick={() => setActe(h)}>
                    Annuler
                  </button>
                </span>
              )}
            </span>
          ),
        }))}
      />
      <Confirmation
        ouverte={acte !== undefined}
        titre="Annuler cet acte"
        verbe="Annuler l’acte"
        onFermer={() => setActe(undefined)}
        onConfirmer={async () =>
          signaler(
            direFait(await action.mutateAsync({ params: { acte: acte!.id }, body: { id: newId<'Acte'>() } })).replace(
              'Enregistré.',
              'Acte annulé.',
            ),
          )
        }
      >
        La carrière redevient ce qu’elle était avant. L’acte et son annulation restent tous deux dans l’histoire :{' '}
        {acte?.resume}.
      </Confirmation>
    </section>
  )
}
