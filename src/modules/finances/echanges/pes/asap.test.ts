import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { euros } from '#socle/argent.ts'
import { openValidateur } from '#socle/xml/valider.ts'
import { type ReglagesAsap, zReglagesAsap } from '../contract.ts'
import { attachAsap } from './asap.ts'
import { controlerFlux } from './controler.ts'
import { writePesAller } from './ecrire.ts'
import { bordereauRecette, entreprise, flux, fluxRecette, ligneTitre, titre } from './essai.ts'
import { readPesAller } from './lire.ts'
import { SCHEMA_ALLER } from './structure.ts'

const SCHEMAS = new URL('../../../../../../shared/standards/pes-v2/schemas-5.17/', import.meta.url)
const lieu = { nom: 'Mairie', adresse: '1 place de la Mairie', codePostal: '40990', ville: 'Saint-Exemple' }
const reglages: ReglagesAsap = zReglagesAsap.parse({
  emetteur: { ...lieu, telephone: '05 58 00 00 00' },
  signataire: { nom: 'EXEMPLE', prenom: 'Jeanne', role: 'Maire' },
  refBdf: 'FR12ZZZ123456',
  encaissement: { ...lieu, nom: 'Centre d’encaissement' },
  tresorerie: { ...lieu, nom: 'SGC de Dax' },
  tipi: { code: '012345', adresse: 'https://www.payfip.gouv.fr' },
  prelevement: 'Démarche non prévue par la collectivité.',
  contestation: 'Tribunal administratif de Pau, dans les deux mois.',
})
const avec = [
  titre({ edition: '01' }),
  titre({
    numero: 88,
    edition: '01',
    lignes: [
      ligneTitre({ montantTva: euros('17.10') }),
      ligneTitre({ numero: 2, objet: 'Caution', montantHt: euros('200000') }),
    ],
  }),
  titre({ numero: 89, edition: '04' }),
  titre({
    numero: 90,
    edition: '01',
    lignes: [ligneTitre({ tiers: [{ ...entreprise({ compte: undefined }), type: '01' }] })],
  }),
]

test('each titre that the DGFiP prints carries its avis, which reads to the cent', async () => {
  const e = flux().entete
  const { bordereau, piecesJointes } = attachAsap(bordereauRecette(avec), e, flux().emetteur, reglages)
  expect(bordereau.pieces.map((p) => p.pieces?.map((r) => r.type))).toEqual([['006'], ['006'], undefined, ['006']])
  const complet = fluxRecette(bordereau, { piecesJointes })
  expect(controlerFlux(complet).filter((a) => a.bloquante)).toEqual([])
  expect(readPesAller(writePesAller(complet)).anomalies).toEqual([])
  for (const p of piecesJointes) expect(readPesAller(p.contenu).anomalies).toEqual([])
  const second = Buffer.from(piecesJointes[1]!.contenu).toString('latin1')
  expect(second).toContain('<MtTotalTTC V="200102.60"/>')
  expect(second).toContain('<TauxTVA V="20.00"/>')
  expect(second).toContain('<ModeRecouvrement V="1"/>')
  if (!existsSync(SCHEMAS)) return console.warn('Schémas PES absents : 4 avis non comparés au schéma.')
  const valide = await openValidateur(SCHEMAS.pathname, SCHEMA_ALLER)
  for (const p of [...piecesJointes.map((x) => x.contenu), writePesAller(complet)]) expect(valide(p)).toEqual([])
})

test('an avis has a single number for ever', () => {
  const { piecesJointes } = attachAsap(bordereauRecette(avec), flux().entete, flux().emetteur, reglages)
  expect(new Set(piecesJointes.map((p) => p.idUnique)).size).toBe(3)
  for (const p of piecesJointes) expect(p.idUnique).toMatch(/^[A-Z0-9]{1,50}$/)
})
