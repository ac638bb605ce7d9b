import { IconBook, IconCalculator, IconUser } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, compter, deMois, hasDroit, type ModuleUi, type Tache } from '#ui'
import { lireDossier, listerAgents, listerDossiers } from '../../contract.ts'
import { estGestionnaire } from './acces.ts'

async function lireMois(signal: AbortSignal) {
  const { dossiers } = await appeler(listerDossiers, {}, { signal })
  return { dossiers, mois: (dossiers.find((d) => d.etat !== 'diffuse' && d.etat !== 'clos') ?? dossiers[0])?.mois }
}

/** What waits for the officer in this body. */
async function chercherTaches(signal: AbortSignal): Promise<Tache[]> {
  const { mois, dossiers } = await lireMois(signal)
  if (mois === undefined) return []
  const d = await appeler(lireDossier, { params: { mois } }, { signal })
  const page = `/paie/gestion/${mois}`
  const c = d.compteurs
  const nom = deMois(mois)
  const taches: Tache[] = dossiers.flatMap((x) =>
    x.enPreparation.map((rang) => ({
      id: `paie-complement-${x.mois}-${rang}`,
      libelle: `Envoyer la production n° ${rang} ${deMois(x.mois)}`,
      precision: 'En préparation, ou renvoyée par l’ordonnateur',
      vers: `/paie/complements/${x.mois}/${rang}`,
    })),
  )
  if (d.etat === 'renvoye')
    taches.push({
      id: `paie-renvoi-${mois}`,
      libelle: `Corriger la paie ${nom}, renvoyée par l’ordonnateur`,
      etat: 'attention',
      vers: page,
      ...(d.motifRenvoi ? { precision: d.motifRenvoi } : {}),
    })
  if (c.bloquantes > 0)
    taches.push({
      id: `paie-bloquantes-${mois}`,
      libelle: `Corriger ${compter(c.bloquantes, 'anomalie bloquante', 'anomalies bloquantes')}`,
      precision: `Paie ${nom}`,
      etat: 'bloquant',
      vers: `${page}?onglet=anomalies`,
    })
  if (c.piecesALire > 0)
    taches.push({
      id: `paie-pieces-${mois}`,
      libelle: `Lire ${compter(c.piecesALire, 'pièce')}`,
      precision: `Paie ${nom}`,
      vers: `${page}?onglet=pieces`,
    })
  if (c.rappels > 0)
    taches.push({
      id: `paie-rappels-${mois}`,
      libelle: `Traiter ${compter(c.rappels, 'rappel')}`,
      precision: `Paie ${nom}`,
      vers: `${page}?onglet=rappels`,
    })
  if (c.questions > 0)
    taches.push({
      id: `paie-questions-${mois}`,
      libelle: `Suivre ${compter(c.questions, 'question en cours', 'questions en cours')}`,
      precision: `Paie ${nom}`,
      etat: 'enAttente',
      vers: `${page}?onglet=questions`,
    })
  if (d.actes.includes('calculer') && (d.etat === 'ouvert' || d.estPerime))
    taches.push({
      id: `paie-calcul-${mois}`,
      libelle: d.etat === 'ouvert' ? `Calculer la paie ${nom}` : `Recalculer la paie ${nom}`,
      precision: compter(c.agents, 'agent'),
      vers: page,
    })
  else if (d.actes.includes('envoyer'))
    taches.push({ id: `paie-envoi-${mois}`, libelle: `Envoyer la paie ${nom} à l’approbation`, vers: page })
  return taches
}

/** The officer's side of the monthly dossier, inside a member's data. */
export const gestionUi: Required<ModuleUi> = {
  nom: 'paie-gestion',
  rail: [
    {
      groupe: 'Agents et paie',
      libelle: 'Paie du mois',
      icone: IconCalculator,
      chemin: '/paie/gestion',
      visible: estGestionnaire,
    },
    {
      groupe: 'Agents et paie',
      libelle: 'Conseils',
      icone: IconBook,
      chemin: '/conseils',
      visible: estGestionnaire,
    },
  ],
  pages: [
    {
      chemin: '/conseils',
      composant: lazy(() => import('../commun/conseils.tsx')),
      visible: (v) => v.organisme !== undefined && hasDroit(v, 'dossier.lire'),
    },
    { chemin: '/paie/gestion', composant: lazy(() => import('./accueil.tsx')), visible: estGestionnaire },
    { chemin: '/paie/gestion/$mois', composant: lazy(() => import('./dossier.tsx')), visible: estGestionnaire },
    {
      chemin: '/paie/gestion/$mois/agents/$carriere',
      composant: lazy(() => import('./agent.tsx')),
      visible: estGestionnaire,
    },
  ],
  taches: [{ nom: 'Paie', visible: estGestionnaire, chercher: chercherTaches }],
  palette: [
    {
      nom: 'Agents',
      visible: (v) => estGestionnaire(v) && hasDroit(v, 'agents.lire'),
      chercher: async (texte, signal) => {
        const { mois } = await lireMois(signal)
        if (mois === undefined) return []
        const { agents } = await appeler(listerAgents, { params: { mois } }, { signal })
        const plier = (t: string) => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
        const mots = plier(texte).split(/\s+/)
        return agents
          .filter((a) => {
            const t = plier(`${a.nom} ${a.prenom} ${a.matricule} ${a.emploi}`)
            return mots.every((m) => t.includes(m))
          })
          .map((a) => ({
            id: a.carriereId,
            libelle: `${a.nom} ${a.prenom}`,
            precision: a.emploi,
            icone: IconUser,
            vers: `/paie/gestion/${mois}/agents/${a.carriereId}`,
          }))
      },
    },
  ],
}
