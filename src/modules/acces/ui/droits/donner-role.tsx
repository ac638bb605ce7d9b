import { useState } from 'react'
import {
  aujourdhuiAParis,
  Bouton,
  ChampChoix,
  ChampJour,
  ChampTexte,
  Encart,
  Formulaire,
  Page,
  signaler,
  useAction,
  useAller,
  useApi,
} from '#ui'
import { donnerRole, listerMembres } from '../../droits/contract.ts'

const FIL = [{ libelle: 'Accès', vers: '/acces' }]

/** A role for somebody; who has no account yet gets one, and a link to choose her password. */
export default function DonnerRole() {
  const q = useApi(listerMembres)
  const aller = useAller()
  const don = useAction(donnerRole, { invalidates: [listerMembres] })
  const [nouveau, setNouveau] = useState<{ identifiant: string; lien: string }>()
  if (nouveau)
    return (
      <Page titre="Compte créé" fil={FIL}>
        <Encart etat="fait" titre="Remettez ce lien à la personne">
          <p>
            Il lui permet de choisir son mot de passe. Il ne sert qu’une fois, dans les trois jours, et n’est montré
            qu’ici.
          </p>
          <p>
            <code className="bq-secret">{nouveau.lien}</code>
          </p>
        </Encart>
        <div className="bq-droits-actes">
          <Bouton
            variante="principal"
            onClick={async () => {
              await navigator.clipboard.writeText(nouveau.lien)
              signaler('Le lien est copié.')
            }}
          >
            Copier le lien
          </Bouton>
          <Bouton onClick={() => aller('/acces')}>Terminer</Bouton>
        </div>
      </Page>
    )
  return (
    <Page titre="Donner un rôle" fil={FIL}>
      {q.error && !q.data && <Encart etat="attention">{q.error.message}</Encart>}
      <Formulaire
        forme={donnerRole.body}
        initial={{ depuis: aujourdhuiAParis() }}
        libelle="Donner le rôle"
        touche="e"
        annuler={() => aller('/acces')}
        onEnvoyer={async (body) => {
          const r = await don.mutateAsync({ body })
          if (r.lien) setNouveau({ identifiant: body.identifiant, lien: r.lien })
          else {
            signaler('Le rôle est donné.')
            aller('/acces')
          }
        }}
      >
        <ChampTexte
          nom="identifiant"
          libelle="Adresse de courriel"
          aide="C’est son identifiant. Si elle a déjà un compte Bosquet, il est gardé tel quel."
          type="email"
          requis
        />
        <ChampTexte nom="prenom" libelle="Prénom" />
        <ChampTexte nom="nom" libelle="Nom" requis />
        <ChampChoix
          nom="role"
          libelle="Rôle"
          choix={(q.data?.roles ?? []).map((r) => ({ valeur: r.code, libelle: r.libelle }))}
          requis
        />
        <ChampJour nom="depuis" libelle="À partir du" requis />
        <ChampJour nom="jusqua" libelle="Jusqu’au (exclu)" aide="Vide : sans fin prévue." />
      </Formulaire>
    </Page>
  )
}
