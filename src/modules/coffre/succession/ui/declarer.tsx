import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import { Bouton, ChampJour, ChampTexte, ChampTexteLong, Encart, Formulaire, signaler, useAction, useApi } from '#ui'
import { chercherTitulaires, declarerDeces, listerSuccessions } from '../contract.ts'
import { DepotPreuve, type Preuve } from './preuve.tsx'

const formeRecherche = chercherTitulaires.query
const formeDeces = declarerDeces.body.pick({ decedeeLe: true, motif: true })

/** Who, then the paper, then the reason: the safe is frozen at the end, never before. */
export function Declaration({ onFait }: { onFait: (id: string) => void }) {
  const [recherche, setRecherche] = useState('')
  const [titulaire, setTitulaire] = useState<{ personneId: string; nom: string }>()
  if (titulaire) return <Deces titulaire={titulaire} onAutre={() => setTitulaire(undefined)} onFait={onFait} />
  return (
    <div className="bq-pile">
      <Formulaire forme={formeRecherche} libelle="Chercher" onEnvoyer={async (q) => setRecherche(q.recherche)}>
        <ChampTexte nom="recherche" libelle="Nom ou identifiant du titulaire" requis />
      </Formulaire>
      {recherche !== '' && <Trouves recherche={recherche} onChoisir={setTitulaire} />}
    </div>
  )
}

function Trouves({
  recherche,
  onChoisir,
}: {
  recherche: string
  onChoisir: (t: { personneId: string; nom: string }) => void
}) {
  const q = useApi(chercherTitulaires, { query: { recherche } })
  if (q.error) return <Encart etat="bloquant">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Recherche…</p>
  if (q.data.titulaires.length === 0) return <p>Personne n’a ce nom, ou son coffre est déjà gelé.</p>
  return (
    <ul className="bq-coffre-trouves">
      {q.data.titulaires.map((t) => (
        <li key={t.personneId}>
          <div>
            <strong>{t.nom}</strong>
            <div className="bq-discret">
              {[t.identifiant ?? 'Sans compte', t.employeurs.join(', ') || 'Coffre vide'].join(' · ')}
            </div>
          </div>
          <Bouton onClick={() => onChoisir(t)} aria-label={`Choisir ${t.nom}`}>
            Choisir
          </Bouton>
        </li>
      ))}
    </ul>
  )
}

function Deces({
  titulaire,
  onAutre,
  onFait,
}: {
  titulaire: { personneId: string; nom: string }
  onAutre: () => void
  onFait: (id: string) => void
}) {
  const declaration = useAction(declarerDeces, { invalidates: [listerSuccessions] })
  const [id] = useState(() => newId<'Succession'>())
  const [preuve, setPreuve] = useState<Preuve>()
  return (
    <div className="bq-pile">
      <div className="bq-rangee">
        <strong>{titulaire.nom}</strong>
        <Bouton variante="discret" onClick={onAutre}>
          Changer
        </Bouton>
      </div>
      <DepotPreuve libelle="Joindre l’acte de décès" preuve={preuve} onPreuve={setPreuve} />
      {preuve && (
        <Formulaire
          forme={formeDeces}
          libelle="Geler le coffre"
          onEnvoyer={async (body) => {
            await declaration.mutateAsync({
              body: { ...body, id, personneId: titulaire.personneId, documentId: preuve.documentId },
            })
            signaler('Le coffre est gelé.')
            onFait(id)
          }}
        >
          <ChampJour nom="decedeeLe" libelle="Date du décès" requis />
          <ChampTexteLong nom="motif" libelle="Qui l’a déclaré, et comment" requis />
        </Formulaire>
      )}
      <p className="bq-discret">
        Geler ferme ses sessions, empêche toute connexion et tout dépôt ; ses employeurs impriment ses bulletins. Rien
        n’est supprimé, et une erreur se répare.
      </p>
    </div>
  )
}
