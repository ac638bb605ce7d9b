import { IconCalendarMonth, IconCoin, IconFiles, IconUsers } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Coquille } from '../coquille/coquille.tsx'
import type { ModuleUi } from '../coquille/module.ts'
import { ProviderPrefixe, useRecherche } from '../coquille/navigation.tsx'
import { ProviderPanneau } from '../coquille/panneau.tsx'
import { ProviderSession } from '../coquille/session.tsx'
import { ProviderModules } from '../coquille/taches.tsx'
import { ProviderTravaux } from '../coquille/travaux.tsx'
import { ProviderPreferences } from '../theme/preferences.tsx'
import { SESSION } from './donnees.ts'
import { Galerie, PAGES } from './pages.tsx'

const MODULES: readonly ModuleUi[] = [
  {
    nom: 'galerie',
    rail: [
      { groupe: 'Agents et paie', libelle: 'Agents', icone: IconUsers, chemin: '/composants/agents' },
      { groupe: 'Agents et paie', libelle: 'Paie du mois', icone: IconCalendarMonth, chemin: '/composants' },
      { groupe: 'Agents et paie', libelle: 'Pièces', icone: IconFiles, chemin: '/composants/pieces' },
      { groupe: 'Finances', libelle: 'Mandats', icone: IconCoin, chemin: '/composants/mandats' },
    ],
    pages: [],
    taches: [
      {
        nom: 'Paie',
        chercher: async () => [
          {
            id: '1',
            libelle: 'Déposer les pièces de novembre',
            precision: 'Dossier du mois',
            echeance: '2026-11-27',
            vers: '/composants',
          },
          {
            id: '2',
            libelle: 'Répondre à une question de Pex',
            precision: 'Heures de M. Labat',
            etat: 'attention',
            vers: '/composants',
          },
        ],
      },
    ],
  },
]

/** The living page of the components: the shell around it is the true one, over a made-up session. */
export default function Composants() {
  const [{ organisme: choisi = '1', ecran = PAGES[0]!.cle }] = useRecherche()
  const naviguer = useNavigate()
  const organisme = SESSION.organismes.find((o) => o.id === choisi)
  const contexte = useMemo(
    () => ({ session: SESSION, organisme, quitter: async () => naviguer({ to: '/connexion' }) }),
    [organisme, naviguer],
  )
  const [vide] = useState<readonly ModuleUi[]>(MODULES)
  return (
    <ProviderModules value={vide}>
      <ProviderPreferences compte="galerie">
        <ProviderSession {...contexte}>
          <ProviderPrefixe value="">
            <ProviderTravaux compte="galerie">
              <ProviderPanneau>
                <Coquille modules={MODULES}>
                  <Galerie page={ecran} />
                </Coquille>
              </ProviderPanneau>
            </ProviderTravaux>
          </ProviderPrefixe>
        </ProviderSession>
      </ProviderPreferences>
    </ProviderModules>
  )
}
