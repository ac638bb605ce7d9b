import { IconBook, IconFolderOpen, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, hasDroit, type ModuleUi, type Vue } from '#ui'
import { listerAgents, listerDossiers } from '../../contract.ts'
import { moisEnCours } from './mois-courant.ts'
import { tachesDepot, tachesVisa } from './taches.ts'

/** A member at home: the agency's officers have their own screens. */
const estMembre = (vue: Vue) => vue.organisme?.via === 'appartenance' && hasDroit(vue, 'dossier.lire')
const estOrdonnateur = (vue: Vue) => estMembre(vue) && hasDroit(vue, 'paie.approuver')

const membreUi: ModuleUi = {
  nom: 'paie-membre',
  rail: [
    {
      groupe: 'Agents et paie',
      libelle: 'Dossier du mois',
      icone: IconFolderOpen,
      chemin: '/dossier',
      visible: (vue) => estMembre(vue) && !estOrdonnateur(vue),
    },
    {
      groupe: 'Agents et paie',
      libelle: 'Paie à approuver',
      icone: IconRosetteDiscountCheck,
      chemin: '/approbation',
      visible: estOrdonnateur,
    },
    { groupe: 'Agents et paie', libelle: 'Conseils', icone: IconBook, chemin: '/conseils', visible: estMembre },
  ],
  pages: [
    {
      chemin: '/dossier',
      composant: lazy(() => import('./ouvrir.tsx').then((m) => ({ default: m.OuvrirDossier }))),
      visible: estMembre,
    },
    { chemin: '/dossier/$mois', composant: lazy(() => import('./mois.tsx')), visible: estMembre },
    {
      chemin: '/approbation',
      composant: lazy(() => import('./ouvrir.tsx').then((m) => ({ default: m.OuvrirApprobation }))),
      visible: estOrdonnateur,
    },
    { chemin: '/approbation/$mois', composant: lazy(() => import('./approbation.tsx')), visible: estOrdonnateur },
  ],
  palette: [
    {
      nom: 'Agents du mois',
      visible: (vue) => estMembre(vue) && hasDroit(vue, 'agents.lire'),
      chercher: async (texte, signal) => {
        const cherche = texte.trim().toLowerCase()
        if (cherche.length < 2) return []
        const mois = moisEnCours((await appeler(listerDossiers, {}, { signal })).dossiers)
        if (!mois) return []
        const { agents } = await appeler(listerAgents, { params: { mois } }, { signal })
        return agents
          .filter((a) => `${a.nom} ${a.prenom} ${a.nom}`.toLowerCase().includes(cherche))
          .slice(0, 8)
          .map((a) => ({
            id: a.carriereId,
            libelle: `${a.nom} ${a.prenom}`,
            precision: a.emploi,
            vers: `/dossier/${mois}?vue=agents&agent=${a.carriereId}`,
          }))
      },
    },
  ],
  taches: [tachesDepot, tachesVisa],
}
export default membreUi
