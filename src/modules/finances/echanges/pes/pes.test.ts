import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { euros } from '#socle/argent.ts'
import { openValidateur, type Validateur } from '#socle/xml/valider.ts'
import { controlerFlux } from './controler.ts'
import { writePesAller } from './ecrire.ts'
import {
  bordereauDepense,
  bordereauRecette,
  dette,
  entreprise,
  famille,
  flux,
  fluxDepense,
  fluxOrmc,
  fluxRecette,
  grandFlux,
  IBAN_ESSAI,
  ligneMandat,
  ligneTitre,
  mandat,
  titre,
  titreOrmc,
} from './essai.ts'
import type { FluxAller } from './flux.ts'
import { readPesAller } from './lire.ts'
import { findSchemas, SCHEMA_ALLER } from './structure.ts'

const NORMES = new URL('../../../../../../shared/standards/pes-v2/', import.meta.url)
const presentes = existsSync(NORMES)
const exemples = presentes
  ? readdirSync(new URL('samples/', NORMES)).filter((f) => /^(depense|recette|negatif)/.test(f))
  : []
const positifs = exemples.filter((f) => !f.startsWith('negatif'))
const fichier = (nom: string) => readFileSync(new URL(`samples/${nom}`, NORMES))

const correctif = { nature: '01', exercice: 2026, piece: '12', ligne: '1' }
const pj = {
  idUnique: '21400010100011D2026000001',
  nom: 'facture 118.pdf',
  type: '003',
  mime: 'application/pdf',
  description: 'Facture 118 de la scierie',
  contenu: Buffer.from('%PDF-1.4\n%%EOF'),
}
const CAS: Record<string, FluxAller> = {
  'mandat simple': fluxDepense(),
  'plusieurs lignes et TVA': fluxDepense(
    bordereauDepense([
      mandat({
        lignes: [
          ligneMandat({ montantTva: euros('250.08') }),
          ligneMandat({
            numero: 2,
            compte: '2188',
            montantTva: euros('12.00'),
            liens: { marche: '2026M003', actif: 'ACT-12' },
          }),
        ],
      }),
    ]),
  ),
  'mandat avec pièce jointe et délai': fluxDepense(
    bordereauDepense([
      mandat({
        pieces: [{ support: '01', idUnique: pj.idUnique, nom: pj.nom }],
        dgp: { nonEligible: false, debut: '2026-03-01' as never, fin: '2026-03-31' as never, jours: 30 },
      }),
    ]),
    { piecesJointes: [{ ...pj, references: undefined }] },
  ),
  'bordereau dématérialisé': flux({
    depense: {
      dematerialise: true,
      bordereaux: [bordereauDepense(undefined, { cumulAnnuel: euros('45210.88') })],
    },
  }),
  'marché, retenue de garantie': fluxDepense(
    bordereauDepense([
      mandat({
        type: '09',
        nature: '12',
        lignes: [ligneMandat({ liens: { marche: '2026M003' }, facture: 'F2026-118' })],
      }),
    ]),
  ),
  paye: fluxDepense(
    bordereauDepense([
      mandat({
        type: '01',
        nature: '11',
        objet: 'Paie de mars',
        pieces: [{ support: '01', idUnique: 'XHL202603', type: '004' }],
        lignes: [
          ligneMandat({ compte: '64111', reglement: '09', tiers: undefined }),
          ligneMandat({ numero: 2, compte: '6451' }),
        ],
      }),
    ]),
    {
      piecesJointes: [
        {
          ...pj,
          idUnique: 'XHL202603',
          nom: '21400010100011-2026-ETAT_PAYE-03.xhl',
          type: '004',
          mime: 'application/xhl+xml',
        },
      ],
    },
  ),
  'annulation sur le même exercice': fluxDepense(
    bordereauDepense(
      [
        mandat({
          type: '02',
          nature: '06',
          lignes: [
            ligneMandat({ rattachement: correctif, reglement: undefined, tiers: entreprise({ compte: undefined }) }),
          ],
        }),
      ],
      { type: '02' },
    ),
  ),
  'annulation d’un titre d’un exercice clos': fluxDepense(
    bordereauDepense([
      mandat({
        type: '02',
        nature: '09',
        lignes: [
          ligneMandat({ compte: '673', rattachement: { nature: '02', exercice: 2025, piece: '87', ligne: '1' } }),
        ],
      }),
    ]),
  ),
  'opération d’ordre': fluxDepense(
    bordereauDepense([
      mandat({ type: '03', lignes: [ligneMandat({ compte: '6811', reglement: '08', tiers: undefined })] }),
    ]),
  ),
  'émis après paiement': fluxDepense(
    bordereauDepense([
      mandat({
        type: '05',
        lignes: [ligneMandat({ reglement: '10', rattachement: { nature: '03', exercice: 2026, piece: '1234' } })],
      }),
    ]),
  ),
  'tiers à l’étranger': fluxDepense(
    bordereauDepense([
      mandat({
        lignes: [
          ligneMandat({
            reglement: '06',
            tvaIntracommunautaire: true,
            tiers: entreprise({
              identifiant: 'ESB12345678',
              natureIdentifiant: '05',
              adresse: {
                ligne2: 'Calle Mayor 1 & hijos',
                codePostal: '99999',
                ville: 'IRÚN',
                etranger: true,
                pays: '134',
              },
            }),
          }),
        ],
      }),
    ]),
  ),
  'titre sans traitement de l’avis': fluxRecette(),
  'titre pour Chorus Pro': fluxRecette(
    bordereauRecette([
      titre({
        edition: '02',
        facture: { numero: 'F2026/87', engagement: 'E12', service: 'COMPTA' },
        lignes: [
          ligneTitre({
            tiers: [{ ...entreprise({ compte: undefined, categorie: '22', natureJuridique: '09' }), type: '01' }],
            montantTva: euros('17.10'),
            tauxTva: '20.00',
          }),
        ],
      }),
    ]),
  ),
  'rôle ORMC': fluxOrmc([titreOrmc(), titreOrmc({ numero: 88, dette: dette(2026000018) })]),
  'rôle ORMC prélevé': fluxOrmc([
    titreOrmc({
      lignes: [
        ligneTitre({
          produit: 'CANT',
          compte: '588',
          tiers: [famille({ compte: { bic: 'AGRIFRPP', iban: IBAN_ESSAI, titulaire: 'MME EXEMPLE' } })],
          prelevement: {
            nature: '01',
            periodicite: '07',
            date: '2026-04-10' as never,
            montant: euros('85.50'),
            sequence: '02',
            signature: '2026-02-01' as never,
            rum: 'RUM-2026-000123',
            libelle: 'CANTINE FEVRIER',
            ancien: { rum: 'RUM-2024-000007', banque: true },
          },
        }),
      ],
    }),
  ]),
  'titre récapitulatif d’un rôle': fluxRecette(
    bordereauRecette([titre({ type: '06', role: 9, edition: undefined, lignes: [ligneTitre({ tiers: [] })] })]),
  ),
  'annulation d’un titre': fluxRecette(
    bordereauRecette(
      [titre({ type: '02', nature: '06', edition: undefined, lignes: [ligneTitre({ rattachement: correctif })] })],
      { type: '02' },
    ),
  ),
  'budget médico-social': fluxDepense(undefined, { entete: { ...flux().entete, finess: '400012345' } }),
}

describe('a PES v2 aller', () => {
  let valide: Validateur | undefined
  beforeAll(async () => {
    if (presentes) valide = await openValidateur(new URL('schemas-5.17/', NORMES).pathname, SCHEMA_ALLER)
    else console.warn(`Schémas PES absents : ${Object.keys(CAS).length + 8} cas de conformité sautés.`)
  })

  test.each(Object.entries(CAS))('%s is read back as it was written, and valid', (_nom, f) => {
    const octets = writePesAller(f)
    const lu = readPesAller(octets)
    expect([...lu.anomalies, ...controlerFlux(f).filter((a) => a.bloquante)]).toEqual([])
    expect(writePesAller(lu.flux).toString()).toBe(octets.toString())
    if (valide) expect(valide(octets)).toEqual([])
  })

  test('texts come out as Hélios prints them', () => {
    const xml = Buffer.from(writePesAller(fluxDepense())).toString('latin1')
    expect(xml).toContain('<Obj V="Planches pour l\'école - réfection"/>')
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="ISO-8859-1"\?>/)
  })

  test('a missing field, a value, an order are told with the piece and the field', () => {
    const xml = Buffer.from(writePesAller(fluxDepense())).toString('latin1')
    const faute = (de: string | RegExp, vers: string) =>
      readPesAller(Buffer.from(xml.replace(de, vers), 'latin1')).anomalies.map((a) => a.message)
    expect(faute('<MtHT V="1250.40"/>', '')).toEqual(['Bordereau 12, mandat 41 : MtHT manque dans InfoLignePce.'])
    expect(faute('<Ville V="SAINT-EXEMPLE"/>', '<Ville V="nc"/>')).toEqual([
      'Bordereau 12, mandat 41 : Ville vaut « nc » ; une valeur réelle est attendue.',
    ])
    expect(faute('<TypBord V="01"/>', '<TypBord V="07"/>')[0]).toMatch(/^Bordereau 12 : TypBord vaut « 07 »/)
    expect(faute(/(<TypPce V="01"\/>)(<NatPce V="01"\/>)/, '$2$1')).toEqual([
      'Bordereau 12, mandat 41 : TypPce vient trop tard dans InfoPce.',
    ])
  })

  test('an attachment that does not decompress is told', () => {
    const xml = Buffer.from(writePesAller(CAS['mandat avec pièce jointe et délai']!)).toString('latin1')
    const lu = readPesAller(Buffer.from(xml.replace(/H4s[^<]+/, 'AAAA'), 'latin1'))
    expect(lu.anomalies.map((a) => a.code)).toEqual(['pes.pjIllisible'])
  })

  test('ten thousand pieces are written and read in a few seconds', () => {
    const grand = grandFlux(10_000)
    let debut = performance.now()
    const octets = writePesAller(grand)
    const ecriture = performance.now() - debut
    debut = performance.now()
    const lu = readPesAller(octets)
    const lecture = performance.now() - debut
    expect(lu.flux.depense!.bordereaux[0]!.pieces).toHaveLength(10_000)
    expect(lu.anomalies).toEqual([])
    expect([ecriture < 5000, lecture < 5000]).toEqual([true, true])
  })

  test.each(positifs)('%s of the public samples has no fault of structure', (nom) => {
    const lu = readPesAller(fichier(nom))
    expect(lu.anomalies).toEqual([])
    expect(valide!(writePesAller(lu.flux))).toEqual([])
  })

  const refuses: [string, RegExp][] = [
    ['negatif-depense-carteachat-sans-attribut.xml', /mandat 13712 : CarteAchatNiveau1 n’a pas d’attribut V/],
    ['negatif-depense-id-et-idbord.xml', /IdBord vaut « 733981751 » ; 7 chiffres au plus/],
    ['negatif-depense-pj-mal-placee.xml', /PJ n’a pas sa place dans PES_Aller/],
  ]
  test.each(presentes ? refuses : [])('%s is refused with its piece and field', (nom, motif) => {
    expect(readPesAller(fichier(nom)).anomalies[0]!.message).toMatch(motif)
    expect(valide!(fichier(nom))).not.toEqual([])
  })

  test('the elements that 5.24 adds are known to it alone', () => {
    const xml = Buffer.from(writePesAller(fluxDepense())).toString('latin1')
    const nouveau = Buffer.from(
      xml
        .replace('<TVAIntraCom V="0"/>', '<TVAIntraCom V="0"/><TVAImportation V="0"/>')
        .replace('</InfoLignePce>', '</InfoLignePce><VentilationMarche><Lot V="1"/></VentilationMarche>'),
      'latin1',
    )
    expect(readPesAller(nouveau).anomalies.map((a) => a.code)).toEqual(['pes.inattendu', 'pes.inattendu'])
    expect(readPesAller(nouveau, '5.24').anomalies).toEqual([])
  })

  test.each(presentes ? ['', 'schemas-5.17', 'schemas-5.17/PES_V2', 'schemas-5.17/PES_V2/Rev0/PES_Aller.xsd'] : [])(
    'the official schemas are found from « %s »',
    (chemin) => {
      expect(findSchemas(new URL(chemin, NORMES).pathname).replace(/\/$/, '')).toMatch(/schemas-5\.17$/)
    },
  )

  test('a folder without schemas is told', () => {
    expect(() => findSchemas('/nulle-part')).toThrow(/PES_Aller.xsd n’y est pas/)
  })

  test('an answer of the comptable is not an aller', () => {
    expect(() => readPesAller(Buffer.from('<n:PES_ACQUIT xmlns:n="x"/>'))).toThrow(/n’est pas un flux PES Aller/)
  })
})
