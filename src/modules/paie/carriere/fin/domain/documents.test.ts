import { expect, test } from 'vitest'
import { jour, mois } from '#socle/dates.ts'
import { type Bulletin, computeBulletin, jeuLivre, zSituation } from '../../../calcul/index.ts'
import { zSituationCarriere } from '../../contract.ts'
import { renderActes } from '../../documents/actes.ts'
import { type Contexte, documentsDe, toDocumentFin, toSolde } from './documents.ts'
import { TEXTES } from './textes.ts'

const agent = (echelon: number) =>
  zSituationCarriere.parse({
    statut: 'contractuel',
    filiere: 'Animation',
    cadreEmplois: '',
    categorie: 'C',
    grade: 'Adjoint d’animation',
    echelle: 'C1',
    echelon,
    im: 366,
    dateEchelon: '2024-01-01',
    minutesHebdo: 1680,
    quotiteTempsPartiel: 100,
    regime: 'ircantec',
    zoneIndemniteResidence: 3,
    pas: { mode: 'neutre' },
  })
const contexte = (contenus: ReturnType<typeof agent>[]): Contexte => ({
  emetteur: ['Commune de Sore', '1 place de la Mairie', '40430 Sore'],
  siret: '21400307500017',
  ville: 'Sore',
  qualite: 'Le maire',
  agent: { nom: 'Dupouy', prenom: 'Anna', nomNaissance: '', sexe: 'F', naissance: jour('1999-05-04'), adresse: '' },
  etat: {
    emploi: 'Animatrice périscolaire',
    entree: jour('2024-09-01'),
    sortie: jour('2025-07-05'),
    motifSortie: 'Fin de contrat',
    situations: contenus.map((contenu, i) => ({
      depuis: jour(i === 0 ? '2024-09-01' : '2025-03-01'),
      jusqua: jour(i === contenus.length - 1 ? '2025-07-05' : '2025-03-01'),
      motif: '',
      contenu,
    })),
  },
})
const bulletin = (): Bulletin =>
  computeBulletin({
    mois: mois('2026-05'),
    situation: zSituation.parse({
      statut: 'prive',
      employeur: { effectif: 30, tauxAt: '2.08 %' },
      entree: '2025-12-01',
      sortie: '2026-05-21',
      pas: { contratCourt: true },
      prive: {
        employeur: 'association',
        contrat: 'cdd',
        salaireMensuel: '1950.00',
        finContrat: '11700.00',
        congesPayes: '11700.00',
      },
    }),
    parametres: jeuLivre(),
  }).bulletin!

test('a public employer gives other papers than a private one, and nothing to France Travail by hand', () => {
  expect(documentsDe('contractuel')).toEqual(['certificatPublic'])
  expect(documentsDe('titulaire')).toEqual(['etatServices'])
  expect(documentsDe('prive')).toEqual(['certificatPrive', 'soldeToutCompte'])
  expect(documentsDe('elu')).toEqual([])
})

test('a certificate says the dates, the functions, their category and their periods, and nothing else', () => {
  const { fiche } = toDocumentFin('certificatPublic', contexte([agent(1), agent(2)]))
  expect(fiche).toEqual([
    { libelle: 'Naissance', valeur: '04/05/1999' },
    { libelle: 'Entrée', valeur: '01/09/2024' },
    { libelle: 'Dernier jour', valeur: '04/07/2025' },
    // the échelon changed, the functions did not
    {
      libelle: 'Du 01/09/2024 au 04/07/2025',
      valeur: 'Animatrice périscolaire (Adjoint d’animation), catégorie C, 28 h par semaine',
    },
  ])
})

test('a solde lists what the last payslip paid, to the cent', () => {
  const b = bulletin()
  const { fiche } = toSolde(contexte([agent(1)]), b)
  const libelles = fiche.map((f) => f.libelle)
  expect(libelles).toEqual(expect.arrayContaining(['Salaire de base', 'Net payé']))
  expect(fiche.find((f) => f.libelle === 'Total brut')?.valeur.replace(/[^\d,]/g, '')).toBe(
    b.totaux.brut.replace('.', ','),
  )
})

test('the papers are PDF, archived and tagged, the same twice', () => {
  const actes = [toDocumentFin('certificatPublic', contexte([agent(1)])), toSolde(contexte([agent(1)]), bulletin())]
  const modele = {
    version: 1 as const,
    titre: 'Fin de contrat',
    auteur: 'Commune de Sore',
    date: jour('2025-07-04'),
    actes,
  }
  const pdf = Buffer.from(renderActes(modele))
  expect(pdf.equals(Buffer.from(renderActes(modele)))).toBe(true)
  expect(pdf.toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>')
  expect(Buffer.from(renderActes(modele, 'ua-1')).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
})

test('each paper cites the text that founds it', () => {
  const prive = toDocumentFin('certificatPrive', contexte([agent(1)]))
  expect(prive.apres).toContain(`${TEXTES.certificatPrive.texte}.`)
  expect(toDocumentFin('certificatPublic', contexte([agent(1)])).apres).toEqual([`${TEXTES.certificatPublic.texte}.`])
  expect(toSolde(contexte([agent(1)]), bulletin()).apres.join()).toContain(TEXTES.soldeToutCompte.texte)
})
