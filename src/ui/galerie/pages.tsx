import { IconSend, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { z } from 'zod'
import { Probleme } from '../api/client.ts'
import { PageAujourdhui } from '../app/aujourdhui.tsx'
import { Formulaire, GroupeChamps } from '../champs/formulaire.tsx'
import {
  ChampDuree,
  ChampIban,
  ChampJour,
  ChampMois,
  ChampMontant,
  ChampNir,
  ChampNombre,
  ChampSiret,
  ChampTaux,
} from '../champs/lus.tsx'
import {
  ChampCase,
  ChampChoix,
  ChampChoixMultiple,
  ChampMotDePasse,
  ChampOptions,
  ChampTexte,
  ChampTexteLong,
  Interrupteur,
} from '../champs/simples.tsx'
import { Bouton, BoutonIcone } from '../composants/bouton.tsx'
import { Chronologie } from '../composants/chronologie.tsx'
import { Confirmation } from '../composants/confirmation.tsx'
import { DepotFichiers } from '../composants/depot.tsx'
import { Encart, Etat } from '../composants/etat.tsx'
import { BarreBrutNet, Graphique } from '../composants/graphique.tsx'
import { ListeDetail } from '../composants/liste-detail.tsx'
import { Page } from '../composants/page.tsx'
import { Explique } from '../composants/pourquoi.tsx'
import { BarreProgression } from '../composants/progression.tsx'
import { Ecart, Jour, Mois, Montant, Taux } from '../composants/valeurs.tsx'
import { EtatVide } from '../composants/vide.tsx'
import { VisionneuseDocument } from '../composants/visionneuse.tsx'
import { alerter, annulable, signaler } from '../coquille/avis.tsx'
import { useRecherche } from '../coquille/navigation.tsx'
import { usePanneau } from '../coquille/panneau.tsx'
import { correspond } from '../coquille/recherche.ts'
import { useTravaux } from '../coquille/travaux.tsx'
import { compter, formatMontant, formatNombre } from '../format/nombre.ts'
import { Grille, useGrille } from '../grille/grille.tsx'
import type { ColonneGrille } from '../grille/modele.ts'
import { comparer } from '../tableau/colonnes.ts'
import { useEtatTableau } from '../tableau/etat.ts'
import { Tableau } from '../tableau/tableau.tsx'
import { ETATS, type NomEtat } from '../theme/jetons.ts'
import { COULEURS_ORGANISME } from '../theme/organisme.ts'
import { AGENTS, COLONNES, EXPLICATION } from './donnees.ts'

export const PAGES: readonly { cle: string; titre: string; contenu: () => ReactNode }[] = [
  { cle: 'aujourdhui', titre: 'Aujourd’hui', contenu: () => <PageAujourdhui /> },
  { cle: 'signes', titre: 'Signes', contenu: () => <Signes /> },
  { cle: 'tableau', titre: 'Tableau', contenu: () => <PageTableau /> },
  { cle: 'serveur', titre: 'Tableau du serveur', contenu: () => <PageServeur /> },
  { cle: 'selection', titre: 'Sélection', contenu: () => <PageSelection /> },
  { cle: 'detail', titre: 'Liste et détail', contenu: () => <PageDetail /> },
  { cle: 'champs', titre: 'Champs', contenu: () => <PageChamps /> },
  { cle: 'grille', titre: 'Grille de saisie', contenu: () => <PageGrille /> },
  { cle: 'pieces', titre: 'Pièces', contenu: () => <PagePieces /> },
  { cle: 'graphiques', titre: 'Graphiques', contenu: () => <PageGraphiques /> },
  { cle: 'vides', titre: 'Vides et avis', contenu: () => <PageVides /> },
]

export function Galerie({ page }: { page: string }) {
  const [, changer] = useRecherche()
  const courante = PAGES.find((p) => p.cle === page) ?? PAGES[0]!
  return (
    <>
      <nav aria-label="Composants" className="bq-galerie-nav">
        {PAGES.map((p) => (
          <button
            key={p.cle}
            type="button"
            className="bq-lien"
            aria-current={p === courante ? 'page' : undefined}
            onClick={() => changer({ ecran: p.cle })}
          >
            {p.titre}
          </button>
        ))}
        <button type="button" className="bq-lien" onClick={() => changer({ organisme: '3' })}>
          Autre organisme
        </button>
      </nav>
      {courante.contenu()}
    </>
  )
}

function Signes() {
  return (
    <Page
      titre="Signes"
      sousTitre="États, valeurs, boutons, avis"
      fil={[{ libelle: 'Composants', vers: '/composants' }]}
      actions={<Bouton touche="i">Imprimer</Bouton>}
      action={
        <Bouton variante="principal" icone={IconSend} touche="e">
          Envoyer à l’approbation
        </Bouton>
      }
    >
      <div className="bq-rangee">
        {(Object.keys(ETATS) as NomEtat[]).map((e) => (
          <Etat key={e} etat={e} />
        ))}
        <Etat etat="enAttente">Transmis au comptable</Etat>
      </div>
      <div className="bq-rangee">
        <Montant valeur="1234567.80" />
        <Montant valeur={-5n} />
        <Ecart valeur="12.50" />
        <Ecart valeur="-1250.00" />
        <Ecart valeur="0.00" />
        <Montant valeur={null} />
        <Taux valeur="34.65" />
        <Jour valeur="2026-11-24" />
        <Jour valeur="2026-11-24" long />
        <Mois valeur="2025-11" />
      </div>
      <div className="bq-rangee">
        <Bouton variante="principal">Principal</Bouton>
        <Bouton>Normal</Bouton>
        <Bouton variante="discret">Discret</Bouton>
        <Bouton variante="grave" icone={IconTrash}>
          Refuser
        </Bouton>
        <Bouton enCours>En cours</Bouton>
        <Bouton disabled>Indisponible</Bouton>
        <BoutonIcone icone={IconTrash} libelle="Supprimer" />
      </div>
      <Encart etat="attention" titre="Deux bulletins ont un net inférieur à celui du mois dernier">
        Vérifiez les absences de Mme Dupouy et de M. Labat avant d’envoyer.
      </Encart>
      <Encart etat="bloquant" titre="Le mois ne peut pas être envoyé">
        Le taux IRCANTEC de janvier 2026 n’est pas publié : 12 bulletins ne sont pas calculés.
      </Encart>
      <Encart etat="fait">Les 42 bulletins de novembre sont déposés dans les coffres.</Encart>
      <BarreProgression
        libelle="Calcul"
        progression={{ etat: 'enCours', fait: 1204, total: 5500, message: 'Commune de Saint-Exemple' }}
      />
      <BarreProgression libelle="Édition" progression={{ etat: 'pause', fait: 300, total: 5500 }} />
      <BarreProgression libelle="Dépôt" progression={{ etat: 'echec', fait: 12, total: 5500 }} />
      <div className="bq-rangee">
        {COULEURS_ORGANISME.map((c) => (
          <span key={c.nom} className="bq-galerie-couleur" style={{ background: c.hex }}>
            {c.nom}
          </span>
        ))}
      </div>
    </Page>
  )
}

function PageTableau() {
  return (
    <Page titre="Agents" sousTitre="5 500 lignes, défilement virtuel">
      <Tableau
        nom="Agents"
        lignes={AGENTS}
        cle={(a) => a.id}
        colonnes={COLONNES}
        vers={(a) => `/composants/agents/${a.id}`}
      />
    </Page>
  )
}

/** The server is played here: it sorts, filters and pages, and the address keeps all three. */
function PageServeur() {
  const etat = useEtatTableau({ taille: 20, tri: 'nom' })
  const { recherche, tri, page, taille } = etat
  const trouves = useMemo(() => {
    const cle = tri?.cle === 'net' ? 'net' : 'nom'
    return AGENTS.filter((a) => correspond(a.nom, recherche)).sort(
      (a, b) => comparer(a[cle], b[cle], cle === 'net' ? 'montant' : 'texte') * (tri?.desc ? -1 : 1),
    )
  }, [recherche, tri])
  return (
    <Page titre="Agents de tous les organismes">
      <Tableau
        nom="Agents du serveur"
        lignes={trouves.slice((page - 1) * taille, page * taille)}
        cle={(a) => a.id}
        colonnes={COLONNES_SERVEUR}
        etat={etat}
        serveur={{ total: trouves.length, toutes: async () => trouves }}
      />
    </Page>
  )
}

const COLONNES_SERVEUR = COLONNES.filter((c) => ['nom', 'grade', 'net'].includes(c.cle)).map(
  ({ total: _total, filtre: _filtre, ...c }) => c,
)

function PageSelection() {
  return (
    <Page titre="Pièces à traiter">
      <Tableau
        nom="Pièces"
        lignes={AGENTS.slice(0, 12)}
        cle={(a) => a.id}
        colonnes={COLONNES}
        selection={(l, effacer) => (
          <Bouton
            onClick={() => {
              annulable(`${l.length} pièces classées.`, () => signaler('Classement annulé.'))
              effacer()
            }}
          >
            Classer
          </Bouton>
        )}
      />
    </Page>
  )
}

function PageDetail() {
  const [{ agent }, changer] = useRecherche()
  const a = AGENTS.find((x) => x.id === agent)
  return (
    <Page titre="Bulletins de novembre 2025">
      <ListeDetail
        titre="Bulletin"
        onFermer={() => changer({ agent: undefined })}
        liste={
          <Tableau
            nom="Bulletins"
            lignes={AGENTS.slice(0, 40)}
            cle={(x) => x.id}
            colonnes={COLONNES.filter((c) => ['nom', 'net', 'ecart'].includes(c.cle))}
            onOuvrir={(x) => changer({ agent: x.id })}
            ouverte={agent}
          />
        }
        detail={
          a && (
            <div className="bq-pile">
              <h2>{a.nom}</h2>
              <BarreBrutNet
                brut="2480.00"
                net={{ libelle: 'Net payé', montant: '1941.20' }}
                etapes={[
                  { libelle: 'Cotisations', montant: '462.30' },
                  { libelle: 'Impôt', montant: '76.50' },
                ]}
              />
              <p>
                Retraite CNRACL :{' '}
                <Explique titre="Retraite CNRACL de novembre 2025" explication={EXPLICATION}>
                  <Montant valeur="206.00" />
                </Explique>
              </p>
              <h3>Ce qui s’est passé</h3>
              <Chronologie
                faits={[
                  {
                    id: '2',
                    instant: '2025-11-18T09:12:00Z',
                    qui: 'Jean Darrieus',
                    quoi: 'Bulletin envoyé à l’approbation',
                    etat: ['enAttente', 'En attente du maire'],
                  },
                  { id: '1', instant: '2025-11-17T15:40:00Z', qui: 'Jean Darrieus', quoi: 'Bulletin calculé' },
                ]}
              />
            </div>
          )
        }
      />
    </Page>
  )
}

const zEssai = z.object({
  objet: z.string().min(1, 'Saisissez l’objet.'),
  siret: z
    .string()
    .regex(/^\d{14}$/, 'Un SIRET a 14 chiffres.')
    .optional(),
  montant: z.string(),
  jour: z.string(),
  mois: z.string().optional(),
  heures: z.string().optional(),
  nombre: z.string().optional(),
  taux: z.string().optional(),
  nir: z.string().optional(),
  iban: z.string().optional(),
  statut: z.string().optional(),
  genre: z.string().optional(),
  roles: z.array(z.string()).optional(),
  accord: z.boolean().optional(),
  note: z.string().optional(),
  secret: z.string().optional(),
})

const STATUTS = ['Titulaire', 'Stagiaire', 'Contractuel', 'Élu'].map((l) => ({ valeur: l.toLowerCase(), libelle: l }))

function PageChamps() {
  const [direct, setDirect] = useState(true)
  return (
    <Page titre="Champs">
      <Formulaire
        forme={zEssai}
        brouillon="galerie"
        touche="e"
        initial={{ montant: '1234.50', jour: '2025-03-01', nir: '2580640041023', iban: 'FR7630001007941234567890185' }}
        onEnvoyer={async (v) => {
          if (v.montant.startsWith('-'))
            throw new Probleme({
              status: 400,
              title: 'Saisie à corriger',
              detail: 'Un champ est à corriger.',
              champs: { montant: 'Le montant doit être positif.' },
            })
          signaler(`Enregistré : ${v.objet}, ${formatMontant(v.montant)}.`)
        }}
      >
        <GroupeChamps titre="Dépense" colonnes={3}>
          <ChampTexte nom="objet" libelle="Objet" requis aide="Tel qu’il sera lu par le comptable." />
          <ChampMontant nom="montant" libelle="Montant" requis />
          <ChampJour nom="jour" libelle="Date de la facture" requis />
          <ChampSiret nom="siret" libelle="SIRET du fournisseur" />
          <ChampMois nom="mois" libelle="Mois" />
          <ChampDuree nom="heures" libelle="Durée" aide="7h30 ou 7,5" />
          <ChampNombre nom="nombre" libelle="Nombre de points" />
          <ChampTaux nom="taux" libelle="Taux" />
          <ChampNir nom="nir" libelle="Numéro de sécurité sociale" />
          <ChampIban nom="iban" libelle="IBAN" />
          <ChampChoix nom="statut" libelle="Statut" choix={STATUTS} />
          <ChampChoixMultiple nom="roles" libelle="Rôles" choix={STATUTS} />
          <ChampOptions
            nom="genre"
            libelle="Temps de travail"
            choix={[
              { valeur: 'complet', libelle: 'Complet' },
              { valeur: 'partiel', libelle: 'Partiel' },
            ]}
          />
          <ChampCase nom="accord" libelle="L’agent a donné son accord" />
          <ChampMotDePasse nom="secret" libelle="Mot de passe" autoComplete="new-password" />
          <ChampTexteLong nom="note" libelle="Note" />
        </GroupeChamps>
      </Formulaire>
      <GroupeChamps titre="Seuls" colonnes={3}>
        <ChampTexte libelle="Indisponible" valeur="Non modifiable" desactive />
        <ChampMontant libelle="Refusé" valeur="-5.00" erreur="Le montant doit être positif." />
        <Interrupteur libelle="Prévenir par courriel" valeur={direct} onValeur={setDirect} />
      </GroupeChamps>
    </Page>
  )
}

const COLONNES_GRILLE: ColonneGrille[] = [
  { cle: 'nom', titre: 'Agent', modifiable: false, largeur: 200 },
  { cle: 'statut', titre: 'Statut', genre: 'choix', choix: STATUTS, largeur: 120 },
  ...Array.from(
    { length: 6 },
    (_, i): ColonneGrille => ({
      cle: `h${i}`,
      titre: ['HS 25 %', 'HS 50 %', 'Nuit', 'Dimanche', 'Astreintes', 'Absence'][i]!,
      genre: 'nombre',
      total: true,
      verifier: (v) => (Number(v) > 200 ? 'Au plus 200 heures.' : undefined),
    }),
  ),
  { cle: 'prime', titre: 'Prime', genre: 'montant', total: true, largeur: 110 },
  { cle: 'frais', titre: 'Frais', genre: 'montant', total: true, largeur: 110 },
  { cle: 'depuis', titre: 'À compter du', genre: 'jour', largeur: 110 },
  { cle: 'note', titre: 'Note', largeur: 200 },
]

function PageGrille() {
  const initiales = useMemo(
    () =>
      AGENTS.slice(0, 500).map((a, i) => ({
        id: a.id,
        nom: a.nom,
        statut: i % 3 === 0 ? 'contractuel' : 'titulaire',
        ...Object.fromEntries(Array.from({ length: 6 }, (_, k) => [`h${k}`, (i + k) % 9 === 0 ? '4.5' : ''])),
        prime: i % 4 === 0 ? '120.00' : '',
        frais: '',
        depuis: '',
        note: '',
      })),
    [],
  )
  const g = useGrille<Record<string, string> & { id: string }>(initiales, (l) => l.id)
  const [fautes, setFautes] = useState(0)
  return (
    <Page
      titre="Éléments variables de novembre 2025"
      sousTitre={compter(g.modifiees.length, 'ligne modifiée', 'lignes modifiées', 'aucune modification')}
      action={
        <Bouton variante="principal" touche="e" disabled={fautes > 0}>
          Enregistrer
        </Bouton>
      }
    >
      <Grille nom="Éléments variables" {...g} colonnes={COLONNES_GRILLE} onFautes={setFautes} />
    </Page>
  )
}

const IMAGE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="420"><rect width="600" height="420" fill="#fff"/><text x="40" y="80" font-size="28" font-family="serif">Arrêté de nomination</text><g fill="#999"><rect x="40" y="120" width="480" height="8"/><rect x="40" y="150" width="520" height="8"/><rect x="40" y="180" width="430" height="8"/></g></svg>',
)}`

function PagePieces() {
  const { open } = usePanneau()
  return (
    <Page
      titre="Pièces du mois"
      action={
        <Bouton
          onClick={() =>
            open({
              titre: 'Arrêté',
              large: true,
              contenu: <VisionneuseDocument url={IMAGE} nom="arrete.svg" hauteur="50dvh" />,
            })
          }
        >
          Ouvrir à côté
        </Bouton>
      }
    >
      <DepotFichiers
        libelle="Déposer les pièces de novembre 2025"
        aide="PDF, photo ou tableur, 25 Mo au plus par fichier."
        formats=".pdf,.jpg,.jpeg,.png,.csv,.xlsx"
        envoyer={async (fichier, { onProgres }) => {
          for (let i = 1; i <= 4; i++) {
            await new Promise((r) => setTimeout(r, 60))
            onProgres(i / 4)
          }
          if (fichier.name.includes('faux')) throw new Error('Ce fichier n’est pas le PDF que son nom annonce.')
        }}
      />
      <VisionneuseDocument url={IMAGE} nom="arrete.svg" hauteur="240px" />
    </Page>
  )
}

const MOIS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.']

function PageGraphiques() {
  const k = (v: number) => `${formatNombre(v)}\u00a0k€`
  return (
    <Page titre="Chiffres de l’année">
      <Graphique
        titre="Masse salariale par mois"
        categories={MOIS}
        series={[{ nom: '2025', valeurs: MOIS.map((_, i) => 410 + ((i * 37) % 60)) }]}
        format={k}
      />
      <Graphique
        titre="Bulletins calculés et approuvés"
        genre="lignes"
        categories={MOIS}
        series={[
          { nom: 'Calculés', valeurs: MOIS.map((_, i) => (i > 10 ? null : 5200 + i * 30)) },
          { nom: 'Approuvés', valeurs: MOIS.map((_, i) => (i > 10 ? null : 5190 + i * 28)) },
        ]}
      />
      <Graphique
        titre="Effectif par statut"
        genre="empile"
        categories={['2022', '2023', '2024', '2025']}
        series={[
          { nom: 'Titulaires', valeurs: [3100, 3120, 3090, 3150] },
          { nom: 'Contractuels', valeurs: [1400, 1480, 1620, 1700] },
          { nom: 'Élus', valeurs: [640, 640, 640, 650] },
        ]}
      />
      <Graphique
        titre="Demandes reçues et traitées"
        categories={MOIS.slice(0, 6)}
        series={[
          { nom: 'Reçues', valeurs: [42, 51, 38, 60, 55, 47] },
          { nom: 'Traitées', valeurs: [40, 48, 41, 52, 58, 45] },
        ]}
      />
      <BarreBrutNet
        brut="2480.00"
        net={{ libelle: 'Net payé', montant: '1941.20' }}
        etapes={[
          { libelle: 'Cotisations', montant: '462.30' },
          { libelle: 'Impôt', montant: '76.50' },
        ]}
      />
    </Page>
  )
}

function PageVides() {
  const { suivre } = useTravaux()
  const [ouverte, setOuverte] = useState(false)
  return (
    <Page titre="Vides et avis">
      <div className="bq-rangee">
        <Bouton onClick={() => setOuverte(true)}>Approuver la paie</Bouton>
        <Bouton onClick={() => annulable('Pièce retirée du dossier.', () => signaler('Pièce remise au dossier.'))}>
          Retirer
        </Bouton>
        <Bouton
          onClick={() => suivre({ cle: 'paie', libelle: 'Paie de novembre 2025', url: '/api/galerie/evenements' })}
        >
          Suivre un travail
        </Bouton>
        <Bouton onClick={() => alerter('L’envoi a échoué', 'La connexion est coupée ; rien n’est perdu, réessayez.')}>
          Échouer
        </Bouton>
      </div>
      <Confirmation
        ouverte={ouverte}
        titre="Approuver la paie de novembre 2025"
        verbe="Approuver"
        onFermer={() => setOuverte(false)}
        onConfirmer={async () => signaler('Paie approuvée.')}
      >
        Les 42 bulletins seront déposés dans les coffres des agents et ne pourront plus être modifiés. Le virement
        partira le 26 novembre.
      </Confirmation>
      <Tableau
        nom="Mandats"
        lignes={[]}
        cle={() => ''}
        colonnes={COLONNES}
        vide="Aucun mandat à viser. Ils arrivent ici quand un service les propose."
        local
      />
      <EtatVide
        titre="Aucune pièce pour novembre 2025."
        action={<Bouton variante="principal">Déposer des pièces</Bouton>}
      >
        Déposez les arrêtés, les états d’heures et les arrêts de travail avant le 27 novembre.
      </EtatVide>
      <Tableau nom="En chargement" lignes={undefined} cle={() => ''} colonnes={COLONNES} local barre={false} />
    </Page>
  )
}
