import { useEffect, useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  BarreProgression,
  Bouton,
  type Colonne,
  compter,
  Ecart,
  Encart,
  formatInstant,
  formatMois,
  formatMontant,
  formatNombre,
  Interrupteur,
  Tableau,
  useAction,
  useApi,
  useInvalidation,
  useOrganisme,
  useProgression,
} from '#ui'
import { Chiffre, Chiffres } from '../../dossier/ui/commun/chiffres.tsx'
import {
  lireProposition,
  listerPropositions,
  type Proposition,
  type Resultat,
  type Simulation,
  simulerPropositions,
  suivreSimulation,
} from '../contract.ts'

/** What the value would change in the payslips of all the bodies, before anybody releases it. */
export function SectionSimulation({
  proposition: p,
  simulation: s,
}: {
  proposition: Proposition
  simulation: Simulation | null
}) {
  const [ensemble, setEnsemble] = useState(true)
  const lancement = useAction(simulerPropositions, { invalidates: [lireProposition] })
  const autres = useApi(listerPropositions).data?.propositions.filter((x) => x.etat === 'proposee' && x.id !== p.id)
  const enCours = s !== null && (s.etat === 'attente' || s.etat === 'enCours')
  const nombreAutres = autres?.length ?? 0
  const simuler = () =>
    lancement.mutate({
      body: {
        id: newId<'Simulation'>(),
        propositions: [p.id, ...(ensemble ? (autres ?? []).map((x) => x.id) : [])],
      },
    })
  return (
    <section className="bq-pile" aria-labelledby="effet-titre">
      <h2 id="effet-titre">Effet sur les bulletins</h2>
      {p.etat === 'proposee' && !enCours && (
        <div className="bq-rangee">
          <Bouton variante={s ? 'normal' : 'principal'} touche="s" enCours={lancement.isPending} onClick={simuler}>
            {s ? 'Simuler de nouveau' : 'Simuler l’effet'}
          </Bouton>
          {nombreAutres > 0 && (
            <Interrupteur
              libelle={
                nombreAutres > 1
                  ? `Avec les ${formatNombre(nombreAutres)} autres valeurs en attente`
                  : 'Avec l’autre valeur en attente'
              }
              valeur={ensemble}
              onValeur={setEnsemble}
            />
          )}
        </div>
      )}
      {lancement.error && <Encart etat="bloquant">{lancement.error.message}</Encart>}
      {enCours && <Suivi simulation={s} />}
      {s?.etat === 'echec' && (
        <Encart etat="bloquant" titre="La simulation s’est interrompue">
          Rien n’est changé. Relancez-la ; si elle s’interrompt encore, prévenez le support.
        </Encart>
      )}
      {s?.resultat && <Effet simulation={s} resultat={s.resultat} />}
      {!s && p.etat !== 'proposee' && <p className="bq-discret">Aucune simulation n’a été faite.</p>}
    </section>
  )
}

function Suivi({ simulation: s }: { simulation: Simulation }) {
  const { id: organisme } = useOrganisme()
  const invalider = useInvalidation()
  const suivi = useProgression(adresse(suivreSimulation, { params: { id: s.id }, query: { organisme } }))
  const finie = suivi.progression?.etat === 'fait' || suivi.progression?.etat === 'echec'
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the end
  useEffect(() => {
    if (finie) void invalider([lireProposition])
  }, [finie])
  return <BarreProgression libelle="Simulation" progression={suivi.progression} relie={suivi.relie} />
}

type Collectivite = Resultat['collectivites'][number]
type LigneEffet = Resultat['lignes'][number]

const colonnes: readonly Colonne<Collectivite>[] = [
  { cle: 'nom', titre: 'Collectivité', valeur: (c) => c.nom },
  { cle: 'touches', titre: 'Touchés', valeur: (c) => c.touches || null, genre: 'nombre' },
  { cle: 'debloques', titre: 'Débloqués', valeur: (c) => c.debloques || null, genre: 'nombre' },
  { cle: 'bloques', titre: 'Bloqués', valeur: (c) => c.bloques || null, genre: 'nombre' },
  { cle: 'net', titre: 'Écart du net', valeur: (c) => (c.touches > 0 ? c.ecartNet : null), genre: 'ecart' },
  { cle: 'cout', titre: 'Écart du coût', valeur: (c) => (c.touches > 0 ? c.ecartCout : null), genre: 'ecart' },
  {
    cle: 'grandNet',
    titre: 'Plus grand écart de net',
    valeur: (c) => (c.touches > 0 ? c.plusGrandNet : null),
    genre: 'ecart',
  },
  {
    cle: 'grandCout',
    titre: 'Plus grand écart de coût',
    valeur: (c) => (c.touches > 0 ? c.plusGrandCout : null),
    genre: 'ecart',
  },
]
const colonnesLignes: readonly Colonne<LigneEffet>[] = [
  { cle: 'libelle', titre: 'Ligne', valeur: (l) => l.libelle },
  { cle: 'bulletins', titre: 'Bulletins', valeur: (l) => l.bulletins, genre: 'nombre' },
  { cle: 'agent', titre: 'Part de l’agent', valeur: (l) => l.ecart, genre: 'ecart' },
  { cle: 'employeur', titre: 'Part de l’employeur', valeur: (l) => l.ecartPatronal, genre: 'ecart' },
]

function Effet({ simulation: s, resultat: r }: { simulation: Simulation; resultat: Resultat }) {
  const rien = r.touches + r.debloques + r.bloques === 0
  return (
    <>
      <p className="bq-discret">
        Agents de {formatMois(s.mois)}
        {s.propositions.length > 1 && `, ${s.propositions.length} valeurs ensemble`}, simulation du{' '}
        {formatInstant(s.demandeeLe)} par {s.demandeePar}.
      </p>
      <Chiffres nom="Effet de la valeur">
        <Chiffre libelle="Recalculés">{formatNombre(r.bulletins)}</Chiffre>
        <Chiffre libelle="Touchés">{formatNombre(r.touches)}</Chiffre>
        <Chiffre libelle="Débloqués" note={r.debloques > 0 ? 'une valeur leur manquait' : undefined}>
          {formatNombre(r.debloques)}
        </Chiffre>
        <Chiffre libelle="Bloqués">{formatNombre(r.bloques)}</Chiffre>
        <Chiffre libelle="Écart du net">
          <Ecart valeur={r.ecartNet} />
        </Chiffre>
        <Chiffre libelle="Écart du coût">
          <Ecart valeur={r.ecartCout} />
        </Chiffre>
      </Chiffres>
      {rien && (
        <Encart etat="attention">Aucun bulletin ne change : vérifiez le paramètre, la valeur et ses dates.</Encart>
      )}
      {r.bloques > 0 && (
        <Encart etat="bloquant">
          {compter(r.bloques, 'bulletin')} {r.bloques > 1 ? 'ne se calculeraient' : 'ne se calculerait'} plus avec cette
          valeur.
        </Encart>
      )}
      {r.ecartees.length > 0 && (
        <Encart etat="attention" titre={`${compter(r.ecartees.length, 'collectivité')} hors de la simulation`}>
          <ul>
            {r.ecartees.map((e) => (
              <li key={e.nom}>
                {e.nom} : {e.raison}
              </li>
            ))}
          </ul>
        </Encart>
      )}
      {r.lignes.length > 0 && (
        <Tableau
          nom="Lignes qui changent"
          lignes={r.lignes}
          cle={(l) => l.code}
          colonnes={colonnesLignes}
          recherche={false}
          vide="Aucune ligne ne change."
        />
      )}
      {r.collectivites.length > 0 && (
        <Tableau
          nom="Collectivités touchées"
          lignes={r.collectivites}
          cle={(c) => c.client}
          colonnes={colonnes}
          vide="Aucune collectivité n’est touchée."
        />
      )}
      {r.exemples.length > 0 && (
        <section className="bq-pile-serree" aria-labelledby="exemples-titre">
          <h3 id="exemples-titre">Bulletins qui changent le plus</h3>
          {r.exemples.map((e) => (
            <Exemple key={`${e.collectivite}${e.profil}${e.ecartNet}${e.ecartCout}`} exemple={e} />
          ))}
        </section>
      )}
    </>
  )
}

const montant = (v: string | null) => (v === null ? '' : formatMontant(v))

function Exemple({ exemple: e }: { exemple: Resultat['exemples'][number] }) {
  return (
    <details className="paie-exemple">
      <summary>
        {e.profil}, {e.collectivite} : net <Ecart valeur={e.ecartNet} />, coût <Ecart valeur={e.ecartCout} />
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what overflows scrolls with the keyboard too */}
      <section className="paie-exemple-cadre" tabIndex={0} aria-label={`Bulletin, ${e.profil}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Ligne</th>
              <th scope="col">Agent avant</th>
              <th scope="col">Agent après</th>
              <th scope="col">Employeur avant</th>
              <th scope="col">Employeur après</th>
            </tr>
          </thead>
          <tbody>
            {e.lignes.map((l) => (
              <tr key={l.code}>
                <th scope="row">{l.libelle}</th>
                <td className="bq-chiffres">{montant(l.avant.agent)}</td>
                <td className="bq-chiffres">{montant(l.apres.agent)}</td>
                <td className="bq-chiffres">{montant(l.avant.employeur)}</td>
                <td className="bq-chiffres">{montant(l.apres.employeur)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
