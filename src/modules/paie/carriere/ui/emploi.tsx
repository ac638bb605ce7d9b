import type { ReactNode } from 'react'
import { Encart, Page, useApi, useParametres } from '#ui'
import { lireFiche } from '../http/contract.ts'

/** The post that the address names, in the file of its agent, and the way back to it. */
export function useEmploi() {
  const { agent, carriere } = useParametres<{ agent: string; carriere: string }>()
  const fiche = useApi(lireFiche, { params: { agent } })
  const emploi = fiche.data?.carrieres.find((c) => c.id === carriere)
  return { agent, carriere, fiche, emploi, retour: `/agents/${agent}?emploi=${carriere}` }
}

/** An act on one post: whose, and which. */
export function PageEmploi({
  titre,
  de: { fiche, emploi, retour },
  children,
}: {
  titre: string
  de: ReturnType<typeof useEmploi>
  children: ReactNode
}) {
  const f = fiche.data
  return (
    <Page
      titre={titre}
      sousTitre={f && emploi ? `${f.prenom} ${f.nom}, ${emploi.emploi}` : undefined}
      fil={[
        { libelle: 'Agents', vers: '/agents' },
        { libelle: f ? `${f.nom} ${f.prenom}` : 'Agent', vers: retour },
      ]}
    >
      {fiche.error && !f && <Encart etat="attention">{fiche.error.message}</Encart>}
      {children}
    </Page>
  )
}
