import {
  deciderMandatSepa,
  enregistrerAgent,
  enregistrerListeAnv,
  enregistrerOperationRegie,
  enregistrerP503,
  enregistrerProduit,
  enregistrerRegie,
  enregistrerTiers,
  envoyerRole,
  lireArticles,
  proposerMandatSepa,
  recevoirRole,
  signerRoleEnvoye,
  writeReglagesRecettes,
  zRegieSaisie,
  zRoleSaisi,
  zTiersSaisi,
} from '#modules/finances/index.ts'
import { addJours, jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { BIC_FICTIF, ibanFictif } from '../domain/cles.ts'
import { AUJOURDHUI, type Redacteurs } from './operations.ts'

const ANNEE = 2025
/** Families and tenants, all made up. */
const FAMILLES = [
  ['Mme', 'Claire', 'Dupouy', 16],
  ['M', 'Mathieu', 'Lafitte', 32],
  ['Mme', 'Élodie', 'Bordenave', 12],
  ['M', 'Julien', 'Castets', 18],
  ['Mme', 'Nadia', 'Benali', 28],
  ['M', 'Thomas', 'Darrigade', 9],
  ['Mme', 'Sophie', 'Larrieu', 16],
  ['M', 'Pascal', 'Duvignau', 34],
  ['Mme', 'Inès', 'Labat', 15],
  ['M', 'Rémi', 'Cazaux', 17],
] as const
const PRIX_DU_REPAS = 3.1
const euros = (n: number) => n.toFixed(2)

/** The first of these accounts that the plan of the budget has among its incomes. */
const articleOf = (articles: readonly { sens: string; nature: string }[], ...debuts: string[]) =>
  debuts.flatMap((d) => articles.filter((a) => a.sens === 'R' && a.nature.startsWith(d)))[0]?.nature

/**
 * The incomes of the main budget: two months of canteen in rôles, direct debits, a rôle that waits for its signature,
 * two régies and their journal, sums received before their titre, a list of claims to vote on.
 */
export async function installRecettes(tx: Tx, r: Redacteurs, budgetId: string, rang: number): Promise<void> {
  const articles = await lireArticles(tx, budgetId, ANNEE)
  const cantine = articleOf(articles, '7067', '7066', '706')
  const loyers = articleOf(articles, '752')
  const divers = articleOf(articles, '7588', '758', '70')
  if (!cantine || !loyers || !divers) return
  await writeReglagesRecettes(tx, r.redacteur, budgetId, {
    payfipNumcli: '012345',
    payfipAdresse: 'www.payfip.gouv.fr',
    payfipTitre: '{exercice:4}{numero:8}{ligne:2}',
    payfipRole: '{exercice:4}{bordereau:5}{numero:8}',
    ormcOperande: '',
    ics: 'FR00ZZZ000000',
  })
  const familles = await installFamilles(tx, r, rang)
  await installCantine(tx, r, budgetId, familles, cantine)
  await installLoyers(tx, r, budgetId, familles, loyers)
  await installRegies(
    tx,
    r,
    budgetId,
    divers,
    articles.find((a) => a.sens === 'D' && /^6(261|2|06)/.test(a.nature))?.nature,
  )
  await installEncaissements(tx, r, budgetId)
}

type Famille = { tiers: ReturnType<typeof zTiersSaisi.parse>; id: string; repas: number }
async function installFamilles(tx: Tx, r: Redacteurs, rang: number): Promise<Famille[]> {
  const familles: Famille[] = []
  for (const [i, [civilite, prenom, nom, repas]] of FAMILLES.entries()) {
    const id = newId<'Tiers'>()
    const tiers = zTiersSaisi.parse({
      categorie: '01',
      natureJuridique: '01',
      civilite,
      prenom,
      nom,
      adresse: `${2 * i + 4} chemin de la Lande`,
      codePostal: '40630',
      ville: 'Sabres',
    })
    await enregistrerTiers(tx, r.redacteur, id, tiers)
    familles.push({ tiers, id, repas })
  }
  // three families are debited; the paper of a fourth has not been compared yet
  for (const [i, f] of familles.slice(0, 4).entries()) {
    const id = newId<'MandatSepa'>()
    await proposerMandatSepa(tx, r.redacteur, {
      id,
      tiersId: f.id as never,
      rum: `RUM-2025-${String(i + 1).padStart(6, '0')}`,
      iban: ibanFictif(41_000 + rang, 2000 + i) as never,
      bic: BIC_FICTIF as never,
      titulaire: `${f.tiers.prenom} ${f.tiers.nom}`,
      signeLe: jour('2025-08-28'),
      estRecurrent: true,
      origine: 'Dossier d’inscription à la cantine',
    })
    if (i < 3) await deciderMandatSepa(tx, r.ordonnateur, id, { acte: 'accepter', motif: '' })
  }
  return familles
}

async function installCantine(tx: Tx, r: Redacteurs, budgetId: string, familles: readonly Famille[], nature: string) {
  for (const [libelle, signeLe, part] of [
    ['Cantine de septembre', jour('2025-10-06'), 1],
    ['Cantine d’octobre', jour('2025-11-05'), 0.75],
  ] as const) {
    const repas = (f: Famille) => Math.max(4, Math.round(f.repas * part))
    const { id } = await recevoirRole(tx, r.redacteur, {
      source: 'demonstration',
      cle: libelle,
      annee: ANNEE,
      budgetId,
      role: zRoleSaisi.parse({
        libelle,
        produit: 'CANT',
        periode: 4,
        avisLe: addJours(signeLe, 4),
        echeance: addJours(signeLe, 34),
        prelevementLe: addJours(signeLe, 20),
      }),
      articles: familles.map((f) => ({
        tiers: f.tiers,
        lignes: [
          {
            libelle: `Repas ${libelle.slice(8)}`,
            nature,
            base: `${repas(f)} repas à 3,10 €`,
            ht: euros(repas(f) * PRIX_DU_REPAS),
          },
        ],
      })),
    })
    await signerRoleEnvoye(tx, r.ordonnateur, id, signeLe)
  }
}

/** The rents of December are ready: the ordonnateur has to read and sign them. */
async function installLoyers(tx: Tx, r: Redacteurs, budgetId: string, familles: readonly Famille[], nature: string) {
  const cle = 'Loyers de décembre'
  const { id } = await recevoirRole(tx, r.redacteur, {
    source: 'demonstration',
    cle,
    annee: ANNEE,
    budgetId,
    role: zRoleSaisi.parse({
      libelle: cle,
      produit: 'LOYE',
      periode: 4,
      avisLe: addJours(AUJOURDHUI, 4),
      echeance: addJours(AUJOURDHUI, 35),
    }),
    articles: familles.slice(5, 9).map((f, i) => ({
      tiers: f.tiers,
      lignes: [
        { libelle: 'Loyer de décembre', nature, base: `Logement communal n° ${i + 1}`, ht: euros(385 + i * 27) },
      ],
    })),
  })
  await envoyerRole(tx, r.redacteur, id, AUJOURDHUI)
}

async function installRegies(tx: Tx, r: Redacteurs, budgetId: string, recette: string, depense: string | undefined) {
  const photocopies = newId<'Regie'>()
  await enregistrerRegie(
    tx,
    r.redacteur,
    budgetId,
    photocopies,
    zRegieSaisie.parse({
      code: 'PHOTO',
      libelle: 'Photocopies et location de salle',
      genre: 'recettes',
      acte: '2021-17',
      acteLe: '2021-04-12',
      encaisseMax: '300.00',
      fondsCaisse: '40.00',
    }),
  )
  const nommer = (regie: string, nom: string) =>
    enregistrerAgent(tx, r.redacteur, regie, {
      id: newId<'AgentRegie'>(),
      nom,
      qualite: 'regisseur',
      acte: '2021-18',
      depuis: jour('2021-05-01'),
      jusqua: null,
    })
  await nommer(photocopies, 'Maïté Lesbats')
  const produits = { copie: newId<'ProduitRegie'>(), salle: newId<'ProduitRegie'>() }
  const p = { fonction: '', estActif: true, nature: recette, caisse: 'recettes' as const }
  await enregistrerProduit(tx, r.redacteur, photocopies, {
    ...p,
    id: produits.copie,
    libelle: 'Photocopies',
    tarif: '0.50',
  })
  await enregistrerProduit(tx, r.redacteur, photocopies, {
    ...p,
    id: produits.salle,
    libelle: 'Salle des fêtes',
    tarif: '85.00',
  })
  const ecrire =
    (regie: string) =>
    async (
      le: string,
      genre: 'encaissement' | 'versement' | 'avance' | 'depense',
      montant: string,
      produitId: string | null,
      qui = '',
      moyen: 'especes' | 'cheque' = 'especes',
    ) =>
      enregistrerOperationRegie(
        tx,
        r.redacteur,
        regie,
        {
          id: newId<'OperationRegie'>(),
          le: jour(le),
          genre,
          moyen,
          montant,
          produitId: produitId as never,
          qui,
          objet: '',
        },
        AUJOURDHUI,
      )
  const caisse = ecrire(photocopies)
  await caisse('2025-09-08', 'encaissement', '2.50', produits.copie, 'Association de pétanque')
  await caisse('2025-09-19', 'encaissement', '85.00', produits.salle, 'Thomas Darrigade', 'cheque')
  await caisse('2025-09-30', 'versement', '85.00', null, '', 'cheque')
  await caisse('2025-09-30', 'versement', '2.50', null)
  await caisse('2025-10-14', 'encaissement', '1.50', produits.copie, 'Inès Labat')
  await caisse('2025-10-17', 'encaissement', '85.00', produits.salle, 'Comité des fêtes', 'cheque')
  await caisse('2025-11-06', 'encaissement', '3.00', produits.copie, 'École')
  await caisse('2025-11-21', 'encaissement', '85.00', produits.salle, 'Nadia Benali', 'cheque')
  if (!depense) return
  const menues = newId<'Regie'>()
  await enregistrerRegie(
    tx,
    r.redacteur,
    budgetId,
    menues,
    zRegieSaisie.parse({
      code: 'MENUES',
      libelle: 'Menues dépenses',
      genre: 'avances',
      acte: '2022-05',
      acteLe: '2022-02-03',
      avanceMax: '200.00',
    }),
  )
  await nommer(menues, 'Maïté Lesbats')
  const timbres = newId<'ProduitRegie'>()
  await enregistrerProduit(tx, r.redacteur, menues, {
    id: timbres,
    caisse: 'avances',
    libelle: 'Timbres et recommandés',
    nature: depense,
    fonction: '',
    tarif: null,
    estActif: true,
  })
  const avance = ecrire(menues)
  await avance('2025-09-01', 'avance', '200.00', null)
  await avance('2025-10-09', 'depense', '27.84', timbres, 'La Poste')
  await avance('2025-11-13', 'depense', '12.36', timbres, 'La Poste')
}

async function installEncaissements(tx: Tx, r: Redacteurs, budgetId: string) {
  const cadre = { budgetId, annee: ANNEE }
  const recus = [
    ['4410872', '2025-11-14', '1842.00', 'CAF des Landes', 'Prestation de service, accueil périscolaire'],
    ['4410915', '2025-11-18', '312.50', 'Groupama', 'Remboursement sinistre abribus'],
    ['4410931', '2025-11-20', '46.20', 'Communauté de communes', 'Remboursement carburant'],
  ] as const
  await enregistrerP503(
    tx,
    r.redacteur,
    cadre,
    recus.map(([reference, le, montant, payeur, libelle]) => ({
      id: newId<'P503'>(),
      reference,
      le: jour(le),
      montant,
      payeur,
      libelle,
    })),
    'import',
  )
  const creances = [
    ['anv', 2021, '214', 'Bernard Tauzin', '46.50', 'Reste à recouvrer inférieur au seuil de poursuite'],
    ['anv', 2022, '87', 'Carine Poyanne', '124.00', 'Poursuite sans effet'],
    ['eteinte', 2022, '131', 'Le Relais des Pins', '318.40', 'Clôture pour insuffisance d’actif'],
  ] as const
  await enregistrerListeAnv(tx, r.redacteur, cadre, {
    id: newId<'ListeAnv'>(),
    reference: '5870110033',
    recueLe: jour('2025-11-10'),
    lignes: creances.map(([genre, exercice, titre, debiteur, montant, motif]) => ({
      id: newId<'LigneAnv'>(),
      genre,
      exercice,
      titre,
      debiteur,
      montant,
      motif,
    })),
  })
}
