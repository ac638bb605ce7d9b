import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { appeler, Bouton, ChampTexte, Encart, Formulaire } from '#ui'
import { donnerCle, donnerSecondFacteur, type SecondFacteur, type SessionLue } from '../contract.ts'
import { clesPossibles, messageDeCle, prouverCle } from './cle.ts'

const INVITES = {
  totp: 'Code de votre application',
  secours: 'Code de secours',
  demonstration: 'Code de démonstration',
} as const

/** Gives the second factor: the code, the key, or a recovery code for who has lost both. */
export function Verifier({ etat, onFait }: { etat: SecondFacteur; onFait: (session: SessionLue) => Promise<void> }) {
  const saisis = etat.moyens.filter((m) => m !== 'cle')
  const [moyen, setMoyen] = useState(saisis.find((m) => m !== 'secours') ?? saisis[0])
  const [refus, setRefus] = useState<string>()
  const [enCours, setEnCours] = useState(false)
  const aCle = etat.moyens.includes('cle') && clesPossibles()

  const donnerLaCle = async () => {
    setEnCours(true)
    setRefus(undefined)
    try {
      const reponse = await prouverCle()
      await onFait(await appeler(donnerCle, { body: { reponse } }, { connexion: true }))
    } catch (e) {
      setRefus(messageDeCle(e))
    } finally {
      setEnCours(false)
    }
  }

  return (
    <div className="bq-pile">
      {etat.codeDemonstration && (
        <Encart etat="enAttente" titre="Démonstration">
          Ici chacun donnerait le code de son téléphone. Dans la démonstration, le code est le même pour tous :{' '}
          <strong>{etat.codeDemonstration}</strong>.
        </Encart>
      )}
      {refus && (
        <Encart etat="attention" titre="La clé n’a pas répondu">
          {refus}
        </Encart>
      )}
      {aCle && (
        <div>
          <Bouton variante="principal" icone={IconKey} enCours={enCours} onClick={() => void donnerLaCle()}>
            Utiliser ma clé d’accès
          </Bouton>
        </div>
      )}
      {moyen && (
        <Formulaire
          key={moyen}
          forme={donnerSecondFacteur.body}
          libelle="Continuer"
          initial={{ moyen, code: etat.codeDemonstration ?? '' }}
          onEnvoyer={async (body) => onFait(await appeler(donnerSecondFacteur, { body }, { connexion: true }))}
        >
          <ChampTexte nom="code" libelle={INVITES[moyen]} autoComplete="one-time-code" requis />
        </Formulaire>
      )}
      {etat.moyens.includes('secours') && moyen !== 'secours' && (
        <button type="button" className="bq-lien" onClick={() => setMoyen('secours')}>
          Je n’ai plus mon téléphone ni ma clé : utiliser un code de secours
        </button>
      )}
      {moyen === 'secours' && etat.moyens.includes('totp') && (
        <button type="button" className="bq-lien" onClick={() => setMoyen('totp')}>
          Revenir au code de l’application
        </button>
      )}
    </div>
  )
}
