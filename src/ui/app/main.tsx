import '@fontsource-variable/source-sans-3'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import '../styles/base.css'
import '../styles/coquille.css'
import '../styles/composants.css'
import '../styles/champs.css'
import '../styles/tableau.css'
import '../styles/assemblages.css'
import '../styles/grille.css'
import '../styles/impression.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { setMessagesZod } from '#socle/messages-zod.ts'
import { createCache } from '../api/hooks.ts'
import { PlaceAvis } from '../coquille/avis.tsx'
import { cssVariables, theme } from '../theme/theme.ts'
import { modules } from './modules.ts'
import { createRouteur } from './routeur.tsx'

setMessagesZod()
// The content policy forbids code made from text; zod then has nothing to try.
z.config({ jitless: true })

const cache = createCache()
const routeur = createRouteur(modules, cache)

createRoot(document.getElementById('racine')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={cache}>
        <PlaceAvis />
        <RouterProvider router={routeur} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
