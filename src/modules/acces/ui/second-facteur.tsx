import { IconDeviceMobile, IconKey, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import {
  alerter,
  Bouton,
  Confirmation,
  compter,
  Encart,
  formatInstant,
  signaler,
  useAction,
  useApi,
  useInvalidation,
} from '#ui'
import { lireSecondFacteur, lireSession, renouvelerCodes, retirerFacteur } from '../contract.ts'
import { CodesSecours, Inscription } from './inscription.tsx'

type Facteur = { id: string; nature: 'totp' | 'cle'; nom: string; creeLe: string; utiliseLe: string | null }

const NATURES = { totp: 'Application', cle: 'Clé d’accès' } as const

/** The ways by which the person proves who she is, beside her password. */
export function MoyensDeVerification() {
  const lu = useApi(lireSecondFacteur)
  const invalider = useInvalidation()
  const retrait = useAction(retirerFacteur, { invalidates: [lireSecondFacteur, lireSession] })
  const renouvellement = useAction(renouvelerCodes, { invalidates: [lireSecondFacteur] })
  const [ajout, setAjout] = useState(false)
  const [retire, setRetire] = useState<Facteur>()
  const [codes, setCodes] = useState<readonly string[]>()

  if (lu.error)
    return (
      <Encart etat="bloquant" titre="Vos moyens de vérification n’ont pas pu être lus">
        {lu.error.message}
      </Encart>
    )
  const { facteurs = [], codesRestants = 0 } = lu.data ?? {}
  if (codes) return <CodesSecours codes={codes} onFait={() => setCodes(undefined)} />
  if (ajout)
    return (
      <Inscription
        annuler={() => setAjout(false)}
        onFait={() => {
          setAjout(false)
          signaler('Le moyen de vérification est ajouté.')
          void invalider([lireSecondFacteur, lireSession])
        }}
      />
    )
  return (
    <>
      <p className="bq-discret">
        En plus du mot de passe : le code d’une application, ou une clé d’accès, qui suffit aussi seule à la connexion.
        Inscrivez-en deux, pour n’être jamais bloqué.
      </p>
      <ul className="bq-compte-sessions" aria-busy={lu.data === undefined}>
        {facteurs.map((f) => (
          <li key={f.id}>
            <div>
              <strong>
                {f.nature === 'cle' ? (
                  <IconKey size={18} stroke={1.75} aria-hidden="true" />
                ) : (
                  <IconDeviceMobile size={18} stroke={1.75} aria-hidden="true" />
                )}{' '}
                {f.nom === NATURES[f.nature] ? f.nom : `${NATURES[f.nature]} : ${f.nom}`}
              </strong>
              <span className="bq-discret">
                Inscrite le {formatInstant(f.creeLe)}
                {f.utiliseLe && `, utilisée le ${formatInstant(f.utiliseLe)}`}
              </span>
            </div>
            <Bouton onClick={() => setRetire(f)} aria-label={`Retirer : ${NATURES[f.nature]} ${f.nom}`}>
              Retirer
            </Bouton>
          </li>
        ))}
        {facteurs.length > 0 && (
          <li>
            <div>
              <strong>Codes de secours</strong>
              <span className="bq-discret">
                {compter(codesRestants, 'code encore valable', 'codes encore valables')}
              </span>
            </div>
            <Bouton
              enCours={renouvellement.isPending}
              onClick={() =>
                void renouvellement
                  .mutateAsync({})
                  .then((r) => setCodes(r.codesSecours))
                  .catch((e: Error) => alerter('Les codes n’ont pas été remplacés', e.message))
              }
            >
              Remplacer
            </Bouton>
          </li>
        )}
      </ul>
      {lu.data && facteurs.length === 0 && <p>Aucun moyen n’est inscrit sur votre compte.</p>}
      <div>
        <Bouton icone={IconPlus} onClick={() => setAjout(true)}>
          Ajouter un moyen
        </Bouton>
      </div>
      <Confirmation
        ouverte={retire !== undefined}
        titre="Retirer ce moyen de vérification"
        verbe="Retirer"
        grave
        onConfirmer={() => retrait.mutateAsync({ params: { id: retire!.id } })}
        onFermer={() => setRetire(undefined)}
      >
        {facteurs.length === 1
          ? 'C’est le seul : vos codes de secours disparaîtront avec lui, et il faudra en inscrire un autre à la prochaine connexion si votre rôle le demande.'
          : 'Il ne permettra plus de vous connecter.'}
      </Confirmation>
    </>
  )
}
