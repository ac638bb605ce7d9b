import './compte.css'
import { IconDeviceMobile, IconDownload, IconKey, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { z } from 'zod'
import { appeler, Bouton, ChampTexte, Encart, Formulaire } from '#ui'
import { confirmerTotp, preparerTotp } from '../contract.ts'
import { nommerAppareil } from './appareil.ts'
import { clesPossibles, inscrireUneCle, messageDeCle } from './cle.ts'

type Application = { id: string; secret: string; adresse: string; qr: string }

/** Adds a way to prove who one is: an application on a phone, or a passkey. Ends with the recovery codes when it is the first. */
export function Inscription({ onFait, annuler }: { onFait: () => void; annuler?: () => void }) {
  const [application, setApplication] = useState<Application>()
  const [codes, setCodes] = useState<readonly string[]>()
  const [enCours, setEnCours] = useState<'application' | 'cle'>()
  const [refus, setRefus] = useState<string>()

  const finir = (recus: readonly string[] | null) => (recus ? setCodes(recus) : onFait())
  const essayer = async (quoi: 'application' | 'cle', faire: () => Promise<void>) => {
    setEnCours(quoi)
    setRefus(undefined)
    try {
      await faire()
    } catch (e) {
      setRefus(messageDeCle(e))
    } finally {
      setEnCours(undefined)
    }
  }

  if (codes) return <CodesSecours codes={codes} onFait={onFait} />
  if (application)
    return (
      <ConfirmerApplication
        application={application}
        onFait={finir}
        annuler={() => {
          setApplication(undefined)
        }}
      />
    )
  return (
    <div className="bq-pile">
      {refus && (
        <Encart etat="attention" titre="Ce moyen n’a pas été ajouté">
          {refus}
        </Encart>
      )}
      <div className="bq-moyens">
        <div className="bq-moyen">
          <h3>Une application sur votre téléphone</h3>
          <p className="bq-discret">
            Elle donne un code de six chiffres qui change toutes les trente secondes : FreeOTP, Aegis, 2FAS, Google ou
            Microsoft Authenticator…
          </p>
          <Bouton
            variante="principal"
            icone={IconDeviceMobile}
            enCours={enCours === 'application'}
            onClick={() =>
              void essayer('application', async () =>
                setApplication(await appeler(preparerTotp, { body: { nom: 'Application' } })),
              )
            }
          >
            Choisir l’application
          </Bouton>
        </div>
        <div className="bq-moyen">
          <h3>Une clé d’accès</h3>
          <p className="bq-discret">
            L’empreinte, le visage ou le code de cet appareil, ou une clé USB de sécurité. Rien à recopier.
          </p>
          <Bouton
            icone={IconKey}
            disabled={!clesPossibles()}
            enCours={enCours === 'cle'}
            onClick={() =>
              void essayer('cle', async () =>
                finir((await inscrireUneCle(nommerAppareil(navigator.userAgent))).codesSecours),
              )
            }
          >
            Choisir la clé d’accès
          </Bouton>
          {!clesPossibles() && (
            <p className="bq-discret bq-petit">
              Possible seulement quand Bosquet est ouvert par son nom, en HTTPS (ou « localhost »).
            </p>
          )}
        </div>
      </div>
      {annuler && (
        <div>
          <Bouton variante="discret" onClick={annuler}>
            Annuler
          </Bouton>
        </div>
      )}
    </div>
  )
}

function ConfirmerApplication({
  application,
  onFait,
  annuler,
}: {
  application: Application
  onFait: (codes: readonly string[] | null) => void
  annuler: () => void
}) {
  return (
    <div className="bq-pile">
      <ol className="bq-etapes">
        <li>Ouvrez l’application et ajoutez un compte en visant ce carré.</li>
        <li>Saisissez ici le code de six chiffres qu’elle affiche.</li>
      </ol>
      <div className="bq-qr">
        <img
          src={`data:image/svg+xml;utf8,${encodeURIComponent(application.qr)}`}
          alt="Code à viser avec l’application"
        />
        <p className="bq-discret bq-petit">
          Sans appareil photo, saisissez cette clé dans l’application :<br />
          <code>{application.secret}</code>
        </p>
      </div>
      <Formulaire
        forme={confirmerTotp.body}
        libelle="Vérifier le code"
        annuler={annuler}
        onEnvoyer={async (body) => {
          const { codesSecours } = await appeler(confirmerTotp, { params: { id: application.id }, body })
          onFait(codesSecours)
        }}
      >
        <ChampTexte nom="code" libelle="Code de l’application" autoComplete="one-time-code" requis largeur="14rem" />
      </Formulaire>
    </div>
  )
}

const zGardes = z.object({})

/** Shown once: whoever loses the phone comes back by one of them. */
export function CodesSecours({ codes, onFait }: { codes: readonly string[]; onFait: () => void }) {
  const texte = `Codes de secours Bosquet\n\nChacun sert une seule fois, à la place du second facteur.\n\n${codes.join('\n')}\n`
  return (
    <div className="bq-pile">
      <Encart etat="attention" titre="Gardez ces codes de secours">
        Ils ne seront plus jamais affichés. Si vous perdez votre téléphone ou votre clé, un seul suffit pour entrer ;
        chacun sert une fois. Imprimez-les et rangez-les avec vos papiers, pas près de l’écran.
      </Encart>
      <ul className="bq-codes" aria-label="Codes de secours">
        {codes.map((c) => (
          <li key={c}>
            <code>{c}</code>
          </li>
        ))}
      </ul>
      <div className="bq-rangee">
        <a
          className="bq-bouton"
          download="codes-de-secours-bosquet.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(texte)}`}
        >
          <IconDownload size={18} stroke={1.75} aria-hidden="true" />
          <span>Télécharger</span>
        </a>
        <Bouton icone={IconPrinter} onClick={() => window.print()}>
          Imprimer
        </Bouton>
      </div>
      <Formulaire forme={zGardes} libelle="Je les ai gardés, continuer" onEnvoyer={async () => onFait()}>
        {null}
      </Formulaire>
    </div>
  )
}
