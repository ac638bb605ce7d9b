import { IconKey, IconLock } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { deverrouiller, lireVerrou } from '#modules/acces/contract.ts'
import { messageDeCle, prouverCle } from '#modules/acces/ui/cle.ts'
import type { Reponse } from '#socle/contrat.ts'
import { inactifDepuis } from '../api/activite.ts'
import { appeler, setOnGarde } from '../api/client.ts'
import { Formulaire } from '../champs/formulaire.tsx'
import { ChampMotDePasse } from '../champs/simples.tsx'
import { Bouton } from '../composants/bouton.tsx'
import { Encart } from '../composants/etat.tsx'
import { Pave } from './pave.tsx'

type Lu = Reponse<typeof lireVerrou>

/** Whether the server holds this session locked. The page asks it once nobody has moved for long enough. */
export function useVerrou(minutes: number | undefined, onSecondFacteur: () => void) {
  const [verrou, setVerrou] = useState<Lu>()
  useEffect(() => {
    const demander = async () => {
      const lu = await appeler(lireVerrou, {}, { connexion: true }).catch(() => undefined)
      if (lu) setVerrou(lu.verrouillee ? lu : undefined)
    }
    setOnGarde({ verrou: () => void demander(), secondFacteur: onSecondFacteur })
    if (minutes === undefined) return
    const ronde = setInterval(() => {
      if (inactifDepuis() > minutes * 60_000) void demander()
    }, 15_000)
    return () => clearInterval(ronde)
  }, [minutes, onSecondFacteur])
  return { verrou, ouvrir: () => setVerrou(undefined) }
}

const [parCode, parMotDePasse] = deverrouiller.body.options

/** Covers everything: what was on the screen is neither seen nor lost. */
export function EcranVerrou({ verrou, onOuvert, quitter }: { verrou: Lu; onOuvert: () => void; quitter: () => void }) {
  const [moyen, setMoyen] = useState<'code' | 'motDePasse'>(verrou.moyens.includes('code') ? 'code' : 'motDePasse')
  const [refus, setRefus] = useState<string>()
  const [enCours, setEnCours] = useState(false)
  const ouvrir = async (body: Parameters<typeof appeler<typeof deverrouiller>>[1]['body']) => {
    await appeler(deverrouiller, { body })
    onOuvert()
  }
  const parCle = async () => {
    setEnCours(true)
    setRefus(undefined)
    try {
      await ouvrir({ reponse: await prouverCle() })
    } catch (e) {
      setRefus(messageDeCle(e))
    } finally {
      setEnCours(false)
    }
  }
  return (
    <div className="bq-verrou" role="dialog" aria-modal="true" aria-label="Session verrouillée">
      <Pave titre="Session verrouillée">
        <p>
          <IconLock size={18} stroke={1.75} aria-hidden="true" /> {verrou.personne}, personne n’a touché à ce poste
          depuis un moment. Votre travail est gardé.
        </p>
        {refus && (
          <Encart etat="attention" titre="La clé n’a pas répondu">
            {refus}
          </Encart>
        )}
        {verrou.moyens.includes('cle') && (
          <Bouton icone={IconKey} enCours={enCours} onClick={() => void parCle()}>
            Ma clé d’accès
          </Bouton>
        )}
        {moyen === 'code' ? (
          <Formulaire key="code" forme={parCode} libelle="Déverrouiller" onEnvoyer={ouvrir}>
            <ChampMotDePasse nom="code" libelle="Code de déverrouillage" requis />
          </Formulaire>
        ) : (
          <Formulaire key="motDePasse" forme={parMotDePasse} libelle="Déverrouiller" onEnvoyer={ouvrir}>
            <ChampMotDePasse nom="motDePasse" libelle="Mot de passe" requis />
          </Formulaire>
        )}
        {verrou.moyens.includes('code') && (
          <button type="button" className="bq-lien" onClick={() => setMoyen(moyen === 'code' ? 'motDePasse' : 'code')}>
            {moyen === 'code' ? 'Utiliser mon mot de passe' : 'Utiliser mon code'}
          </button>
        )}
        <button type="button" className="bq-lien" onClick={quitter}>
          Fermer cette session et se connecter avec un autre compte
        </button>
      </Pave>
    </div>
  )
}
