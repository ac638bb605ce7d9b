import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { euros } from '#socle/argent.ts'
import { openValidateur, type Validateur } from '#socle/xml/valider.ts'
import { writePesAller } from '../pes/ecrire.ts'
import {
  bordereauDepense,
  bordereauRecette,
  flux,
  fluxDepense,
  fluxOrmc,
  fluxRecette,
  ligneMandat,
  mandat,
} from '../pes/essai.ts'
import { expliquer } from './conseils.ts'
import { type Acquit, type Retour, readReponse } from './lire.ts'
import { newGuichet, type OptionsHelios, simulerHelios } from './simulateur.ts'

const NORMES = new URL('../../../../../../shared/standards/pes-v2/', import.meta.url)
const presentes = existsSync(NORMES)
const lireExemple = (nom: string) => readReponse(readFileSync(new URL(`samples/${nom}`, NORMES)))
const jour = (t: string) => t as never
const options = (o: Partial<OptionsHelios> = {}): OptionsHelios => ({ date: jour('2026-03-20'), ...o })

let validateurs: { acquit: Validateur; retour: Validateur } | undefined
beforeAll(async () => {
  const dossier = new URL('schemas-5.17/', NORMES).pathname
  if (presentes)
    validateurs = {
      acquit: await openValidateur(dossier, 'PES_V2/Rev0/PES_V2_Acquit_Autonome_V2.xsd'),
      retour: await openValidateur(dossier, 'PES_V2/RETOUR/Rev0/PES_Retour.xsd'),
    }
  else console.warn('Schémas PES absents : 4 cas de conformité sautés.')
})

/** Answers of the local Hélios, valid against the official schemas when they are there. */
function simuler(f: Parameters<typeof writePesAller>[0], o: Partial<OptionsHelios> = {}) {
  const { acquit, retour } = simulerHelios(writePesAller(f), options(o))
  if (validateurs) {
    expect(validateurs.acquit(acquit)).toEqual([])
    if (retour) expect(validateurs.retour(retour)).toEqual([])
  }
  return { acquit: readReponse(acquit) as Acquit, retour: retour && (readReponse(retour) as Retour) }
}
const justifie = mandat({ pieces: [{ support: '02', idUnique: 'P1' }] })

describe('answers of the comptable', () => {
  test('a valid flux is accepted, taken in charge, then paid to the cent', () => {
    const { acquit, retour } = simuler(fluxDepense(bordereauDepense([justifie])), { regleLe: jour('2026-03-28') })
    expect(acquit.elements).toMatchObject([{ domaine: 'depense', accepte: true, exercice: 2026, bordereau: 12 }])
    expect(retour!.pieces).toMatchObject([
      { sens: 'D', numero: '41', etat: 'soldee', regle: euros('1250.40'), dernierReglement: '2026-03-28' },
    ])
  })

  test('a titre is collected, a rôle too', () => {
    for (const f of [fluxRecette(), fluxOrmc()]) {
      const { retour } = simuler(f, { regleLe: jour('2026-04-02') })
      expect(retour!.pieces[0]).toMatchObject({ sens: 'R', etat: 'priseEnCharge', regle: euros('85.50') })
    }
  })

  test('a mandat without its paper waits, a visa may reject', () => {
    const { retour } = simuler(
      fluxDepense(bordereauDepense([mandat(), mandat({ numero: 42, pieces: justifie.pieces })])),
      {
        visa: (p) => (p.numero === 42 ? { etat: 'rejetee', motif: 'Imputation erronée' } : undefined),
      },
    )
    expect(retour!.pieces.map((p) => [p.numero, p.etat, p.motif, p.date])).toEqual([
      ['41', 'suspendue', 'Pièce justificative absente', '2026-03-20'],
      ['42', 'rejetee', 'Imputation erronée', '2026-03-20'],
    ])
  })

  test('the same bordereau twice is refused, and so are its pieces', () => {
    const guichet = newGuichet()
    simuler(fluxDepense(), { guichet })
    const { acquit, retour } = simuler(fluxDepense(), { guichet })
    expect(acquit.elements[0]).toMatchObject({
      accepte: false,
      erreurs: [{ code: 'ERREUR_DOUBLON_BORDEREAU' }],
      pieces: [{ numero: '41', erreurs: [{ code: 'ERREUR_DOUBLON_PIECE' }] }],
    })
    expect(retour).toBeUndefined()
    expect(expliquer(acquit.elements[0]!.erreurs[0]!).faire).toMatch(/nouveau bordereau/)
  })

  test.each<[string, Parameters<typeof writePesAller>[0], Partial<OptionsHelios>]>([
    ['ERREUR_CUMUL_MONTANTS', fluxDepense(bordereauDepense(undefined, { montantHt: euros('1') })), {}],
    ['ERREUR_MONTANT_TVA_ZERO_NEGATIF', fluxDepense(bordereauDepense(undefined, { montantTva: euros('0') })), {}],
    ['ERREUR_SIRET', fluxDepense(), { attendu: { siret: '11111111111111' } }],
    ['ERREUR_CODIQUE', fluxDepense(), { attendu: { codique: '040001' } }],
    ['ERREUR_CODE_COLLECTIVITE_BUDGET', fluxDepense(), { attendu: { codeBudget: '01' } }],
    [
      'ERREUR_CODIFICATION',
      fluxDepense(bordereauDepense([mandat({ lignes: [ligneMandat({ reglement: '01' })] })])),
      {},
    ],
    [
      'ERREUR_SIGNATURE_INCOMPLETE',
      flux({
        depense: { dematerialise: true, bordereaux: [bordereauDepense(undefined, { cumulAnnuel: euros('9999') })] },
      }),
      { exigeSignature: true },
    ],
    ['ERREUR_SCHEMA_INCOMPLET', fluxRecette(bordereauRecette(undefined, { type: '99' })), {}],
  ])('the counter refuses with %s', (code, f, o) => {
    const { acquit } = simuler(f, o)
    const e = acquit.elements[0]!
    expect(e.accepte).toBe(false)
    expect([...e.erreurs, ...e.pieces.flatMap((p) => p.erreurs)].map((x) => x.code)).toContain(code)
  })

  const exemples: [string, object][] = presentes
    ? [
        [
          'acquit-ok.xml',
          {
            flux: 'HELIOS_SIMU_ALR2_1477486132_1155762524.xml',
            elements: [{ bordereau: 1847, accepte: true }, {}, {}, {}, {}],
          },
        ],
        [
          'acquit-rejet-bordereau.xml',
          {
            elements: [
              {
                domaine: 'recette',
                accepte: false,
                erreurs: [{ code: 'ERREUR_DOUBLON_BORDEREAU', libelle: 'Bordereau deja connu' }],
                pieces: [{ numero: '87' }],
              },
            ],
          },
        ],
        [
          'retour-depense.xml',
          {
            pieces: [
              { numero: '832', etat: 'suspendue', motif: '12', montant: euros('39724.75'), bordereau: '1234567' },
            ],
          },
        ],
      ]
    : []
  test.each(exemples)('%s of the public samples is read', (nom, attendu) => {
    expect(lireExemple(nom)).toMatchObject(attendu)
  })

  test('another file is refused by name', () => {
    expect(() => readReponse(writePesAller(fluxDepense()))).toThrow(/ni un ACQUIT ni un PES Retour/)
  })
})
