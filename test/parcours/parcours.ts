import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { MOT_DE_PASSE_DEMONSTRATION } from '#modules/demonstration/actions/installer.ts'
import { type ECRANS, openNavigateur } from '../ui/navigateur.ts'
import { lireSonCoffre } from './agent.parcours.ts'
import { envoyerALaSignature, signerLeBordereau, transmettreLeBordereau } from './finances.parcours.ts'
import { corrigerEtRenvoyer, preparerLaPaie } from './gestionnaire.parcours.ts'
import { approuverLaPaie, renvoyerLaPaie } from './ordonnateur.parcours.ts'
import { proposerDesValeurs, publierUneValeur } from './referent.parcours.ts'
import { deposerDesPieces, deposerDUnTelephone, repondreAuGestionnaire } from './secretaire.parcours.ts'
import { openServeurReel, type ServeurReel, waitProductions } from './serveur.ts'
import { lireUnParametre, produireLeMois } from './superviseur.parcours.ts'
import { Veille } from './veille.ts'

/* The month of pay of the README, by its real people, in a real browser, on the program as it is installed. */

const COLLECTIVITE = 'Commune de Mées'
const compte = (nom: string) => ({
  identifiant: `${nom}@bosquet.example`,
  motDePasse: MOT_DE_PASSE_DEMONSTRATION,
})

let navigateur: Browser
let serveur: ServeurReel
const veille = new Veille()

/** One person, on her own device; what goes wrong behind her screens is a failure of her journey. */
async function faire(ecran: keyof typeof ECRANS, parcours: (page: Page) => Promise<void>): Promise<void> {
  const { page, contexte } = await veille.openPage(navigateur, ecran)
  try {
    await parcours(page)
    assert.deepEqual(veille.fautes.splice(0), [])
  } catch (e) {
    const texte = await page
      .locator('body')
      .ariaSnapshot()
      .catch(() => '')
    const derriere = veille.fautes.splice(0).join('\n')
    throw new Error(`${(e as Error).message}\n--- ${page.url()}\n${texte.slice(0, 3000)}\n--- ${derriere}`, {
      cause: e,
    })
  } finally {
    await contexte.close()
  }
}

describe('a month of pay', { timeout: 900_000 }, () => {
  before(async () => {
    navigateur = await openNavigateur()
    serveur = await openServeurReel()
    assert.equal(await waitProductions(serveur.url, compte('superviseur')), 5500, 'October is produced by itself')
  })
  after(async () => {
    await navigateur?.close()
    await serveur?.close()
  })

  test('the secretary deposits the papers of the month, and answers her officer', () =>
    faire('bureau', async (page) => {
      await deposerDesPieces(page, serveur.url, { compte: compte('secretaire') })
      await repondreAuGestionnaire(page)
    }))

  test('she deposits a photo from her phone', () =>
    faire('telephone', (page) => deposerDUnTelephone(page, serveur.url, { compte: compte('secretaire') })))

  test('the officer reads, enters, computes, asks why, compares and sends', () =>
    faire('bureau', (page) =>
      preparerLaPaie(page, serveur.url, { compte: compte('gestionnaire'), collectivite: COLLECTIVITE }),
    ))

  test('the ordonnateur sends the month back, with a reason', () =>
    faire('bureau', (page) => renvoyerLaPaie(page, serveur.url, { compte: compte('maire') })))

  test('the officer reads the reason, corrects and sends again', () =>
    faire('bureau', (page) =>
      corrigerEtRenvoyer(page, serveur.url, {
        compte: compte('gestionnaire'),
        collectivite: COLLECTIVITE,
        motif: 'Les heures de dimanche sont à revoir.',
      }),
    ))

  test('the ordonnateur approves on a phone', () =>
    faire('telephone', (page) => approuverLaPaie(page, serveur.url, { compte: compte('maire') })))

  test('the agent finds the payslip in the safe, on a phone', () =>
    faire('telephone', (page) =>
      lireSonCoffre(page, serveur.url, { compte: compte('agent'), mois: ['novembre 2025', 'octobre 2025'] }),
    ))

  test('the supervisor launches all the bodies; the server falls and comes back', () =>
    faire('bureau', (page) =>
      produireLeMois(page, serveur.url, {
        compte: compte('superviseur'),
        redemarrer: async () => {
          veille.serveurArrete = true
          await serveur.redemarrer()
        },
      }),
    ))

  test('nothing is missing after the fall, and nothing is double', async () => {
    veille.serveurArrete = false
    assert.equal(await waitProductions(serveur.url, compte('superviseur')), 5500)
  })

  test('a legal value shows its dates and its text', () =>
    faire('bureau', (page) => lireUnParametre(page, serveur.url, { compte: compte('referent') })))

  test('a référent gives the values that a hole lacks, and sees whom they unblock; another one releases', async () => {
    const valeurs = ['A, part agent', 'A, part employeur', 'B, part agent', 'B, part employeur'].map((x) => ({
      parametre: `IRCANTEC tranche ${x}`,
      // typed by a person in a journey: not the rate of 2026, which nobody here knows
      valeur: '3,00 %',
    }))
    await faire('bureau', (page) => proposerDesValeurs(page, serveur.url, { compte: compte('referent'), valeurs }))
    await faire('bureau', (page) =>
      publierUneValeur(page, serveur.url, { compte: compte('referent2'), ...valeurs[0]! }),
    )
  })

  test('the secretary sends mandats to the signature, the mayor signs on a phone, the comptable answers', async () => {
    const secretaire = { compte: compte('secretaire') }
    await faire('bureau', (page) => envoyerALaSignature(page, serveur.url, secretaire))
    let numero = ''
    await faire('telephone', async (page) => {
      numero = await signerLeBordereau(page, serveur.url, { compte: compte('maire') })
    })
    await faire('bureau', (page) => transmettreLeBordereau(page, serveur.url, { ...secretaire, numero }))
  })
})
